import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceUsername } from '../support/engine.ts';
import {
  assign,
  foreignSet,
  grant,
  integrationUserOn,
  newProfile,
  oldProfile,
  restrictFields,
  visibleFields,
} from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { StockCli } from '../support/stock-cli.ts';

const installMs = 300_000;
const hidden = ['Account.AnnualRevenue', 'Account.Fax'];
const other = 'other@acme.example';

describe.each([
  ['old', oldProfile],
  ['new', newProfile],
])('Given the stock CLI as an integration user on the %s profile', (_, profile) => {
  const practice = usePracticeServer({ records: 4 });
  let cli: StockCli;
  let others: ReadonlyArray<ReadonlySet<string>>;

  beforeAll(async () => {
    cli = await StockCli.create();
    await integrationUserOn(practice, profile, practiceUsername);
    const otherId = await integrationUserOn(practice, profile, other);
    await assign(practice, otherId, await foreignSet(practice, 'Reader', { objects: { Account: {}, Contact: {} } }));
    const connection = await connectTo(practice.server);
    await grant(connection, { objects: { Account: ['read'] }, readFields: ['Account.Industry', 'Account.Phone'] });
    const seenByOther = async (): Promise<ReadonlySet<string>> =>
      visibleFields(practice, 'Account', await practice.tokenOf(other));
    const before = await seenByOther();
    await restrictFields(connection, { fields: hidden });
    others = [before, await seenByOther()];
    const accessToken = await practice.tokenOf(practiceUsername);
    await cli.login({ url: practice.server.url, accessToken }, 'integration');
  }, installMs);
  afterAll(async () => {
    await cli.dispose();
  });

  it.each(['AnnualRevenue', 'Fax'])(
    'When it queries the hidden field %s, Then there is no such column',
    async (name) => {
      const answer = await cli.json(['data', 'query', '-o', 'integration', '-q', `SELECT Id, ${name} FROM Account`]);
      expect(answer).toMatchObject({
        status: 1,
        message: expect.stringContaining(`No such column '${name}'`) as string,
      });
    },
  );

  it('When it queries allowed fields, Then it gets them', async () => {
    const { status, result } = await cli.json<{ readonly records: readonly object[] }>([
      ...['data', 'query', '-o', 'integration', '-q', 'SELECT Id, Name, Industry, Phone FROM Account LIMIT 1'],
    ]);
    expect({ status, columns: Object.keys(result.records[0] ?? {}) }).toEqual({
      status: 0,
      columns: ['attributes', 'Id', 'Name', 'Industry', 'Phone'],
    });
  });

  it('When it describes the object, Then hidden fields are absent and allowed ones are there', async () => {
    const { result } = await cli.json<{ readonly fields: ReadonlyArray<{ readonly name: string }> }>([
      ...['sobject', 'describe', '-o', 'integration', '-s', 'Account'],
    ]);
    const names = result.fields.map(({ name }) => `Account.${name}`);
    expect({
      hidden: names.filter((name) => hidden.includes(name)),
      allowed: names.filter((name) => ['Account.Industry', 'Account.Phone'].includes(name)).sort(),
    }).toEqual({ hidden: [], allowed: ['Account.Industry', 'Account.Phone'] });
  });

  it('When others share the profile, Then they lost nothing but what was announced', () => {
    const [before = new Set<string>(), after = new Set<string>()] = others;
    const lost = [...before].filter((field) => !after.has(field));
    expect(lost.sort()).toEqual(profile === oldProfile ? hidden : []);
  });
});
