import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationUserResult } from '../../src/planning/result.js';
import { practiceUsername } from '../support/engine.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { createCustomObject, customObject, flagField, idsOf, readingIntegrationUser } from '../support/sharing.ts';
import { StockCli } from '../support/stock-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const installMs = 300_000;
const records = 2_000;

const conditions: Readonly<Record<string, string>> = {
  Account: "Name LIKE '%7'",
  Contact: "LastName LIKE '%77'",
  Lead: "LastName LIKE '%3'",
  [customObject]: "Name LIKE '%1'",
};
const objects = Object.keys(conditions);

describe('Given the stock CLI with the plugin, and an org as a new one is', () => {
  const practice = usePracticeServer({ records, recalculationMs: 200 });
  let cli: StockCli;
  /** Without the plugin, which costs every command of the CLI a second or more while it is linked. */
  let reader: StockCli;

  beforeAll(async () => {
    cli = await StockCli.create();
    const { exitCode, stderr } = await cli.run(['plugins', 'link', root, '--no-install']);
    if (exitCode !== 0) throw new Error(stderr);
    await createCustomObject(practice, 40);
    await readingIntegrationUser(practice, objects);
    await cli.login(practice.server, 'practice');
    const accessToken = await practice.tokenOf(practiceUsername);
    reader = await StockCli.create();
    await reader.login({ url: practice.server.url, accessToken }, 'integration');
  }, installMs);
  afterAll(async () => {
    await Promise.all([cli.dispose(), reader.dispose()]);
  });

  /** What `sf data query` gives the integration user. */
  async function visible(object: string): Promise<readonly string[]> {
    const argv = ['data', 'query', '--target-org', 'integration', '--query', `SELECT Id FROM ${object}`];
    const { result } = await reader.json<{ readonly records: ReadonlyArray<{ readonly Id: string }> }>(argv);
    return result.records.map(({ Id }) => Id).sort();
  }

  const countsOf = async (
    rowsOf: (object: string) => Promise<readonly string[]>,
  ): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(
      await Promise.all(objects.map(async (object) => [object, (await rowsOf(object)).length] as const)),
    );

  const share = () =>
    cli.json<IntegrationUserResult>([
      ...['integration-user', 'share-by-flag', '--target-org', 'practice', '--integration', 'HubSpot'],
      ...['--username', practiceUsername, '--allow-impact', 'owd', '--no-prompt'],
      ...objects.flatMap((object) => ['--sobject', object]),
      ...Object.entries(conditions).flatMap(([object, where]) => ['--flag-initially', `${object}:${where}`]),
    ]);

  /** "4 accounts that aren't flagged …": the number that a finding counted. */
  function counted(result: IntegrationUserResult, code: string): number {
    const finding = result.findings.find((candidate) => candidate.code === code);
    return Number(/\d+/.exec(finding?.message ?? '')?.[0] ?? 0);
  }

  it('When objects are shared by flag, Then the integration user reads what the plan counted, and ticks count at once', async () => {
    const token = await practice.tokenOf(practiceUsername);
    const everything = await countsOf((object) => idsOf(practice, object, { token }));
    const { status, result } = await share();
    const after = await countsOf(visible);
    const flagged = await countsOf((object) => idsOf(practice, object, { where: `${flagField} = true` }));
    expect({ status, everything, after }).toEqual({
      status: 0,
      everything: { Account: records, Contact: expect.any(Number) as number, Lead: records / 2, [customObject]: 40 },
      after: {
        ...flagged,
        Account: (flagged['Account'] ?? 0) + counted(result, 'ParentsShow'),
        Contact: (flagged['Contact'] ?? 0) - counted(result, 'ContactsWithoutAccount'),
      },
    });

    const [unflagged = ''] = await idsOf(practice, 'Lead', { where: `${flagField} = false` });
    const tick = async (value: boolean): Promise<boolean> => {
      const path = `/services/data/v66.0/sobjects/Lead/${unflagged}`;
      await practice.send('PATCH', path, { body: { [flagField]: value } });
      return (await visible('Lead')).includes(unflagged);
    };
    expect([await tick(true), await tick(false)]).toEqual([true, false]);
  }, 180_000);
});
