import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/observation/question.js';
import type { OrgPort, Read } from '../../src/org/port.js';
import { useFlagOrg } from '../support/flag-org.ts';
import { flagField, rowsChanged, whereRequest, writeRequests } from '../support/flagging.ts';

const technology = "Industry = 'Technology'";
const energy = "Industry IN ('Technology', 'Energy') AND Name LIKE '%1'";
const withContacts = "Id IN (SELECT AccountId FROM Contact WHERE LastName LIKE '%1')";
const refused = { status: 400, errorCode: 'MALFORMED_QUERY', message: 'NOT is not allowed' };
const withoutNot = [
  { path: 'NOT \\(', ...refused },
  { path: '/composite/batch', body: 'NOT', ...refused },
];

describe.each([200, 30_000])('Given %i accounts', (records) => {
  const org = useFlagOrg({ records });

  it.each([
    ['another one', energy],
    ['one with a subquery, before which Salesforce takes no NOT', withContacts],
  ])(
    'When the condition became %s, Then --sync writes only the difference, and a second run nothing',
    async (_, next) => {
      if (next === withContacts) await org.given(...withoutNot);
      await org.flag(whereRequest(technology, { mode: 'sync' }));
      await rowsChanged(org.client);
      const difference =
        (await org.countOf(`(${next}) AND ${flagField} = false`)) +
        (await org.countOf(technology)) -
        (await org.countOf(`(${next}) AND ${flagField} = true`));
      const { exitCode } = await org.flag(whereRequest(next, { mode: 'sync' }));
      const changed = await rowsChanged(org.client);
      const second = await org.flag(whereRequest(next, { mode: 'sync' }));
      expect({
        exitCode,
        changed,
        flagged: await org.flagged(),
        right: await org.countOf(`(${next}) AND ${flagField} = true`),
        second: [second.exitCode, second.result.records.written],
        writes: await writeRequests(org.client),
      }).toEqual({
        exitCode: 0,
        changed: difference,
        flagged: await org.countOf(next),
        right: await org.countOf(next),
        second: [0, 0],
        writes: [],
      });
    },
  );
});

describe('Given a condition that can only be subtracted', () => {
  const org = useFlagOrg({ records: 200 });

  it('When somebody ticks selected rows while it is read which are ticked, Then they stay ticked', async () => {
    await org.flag(whereRequest(technology));
    await org.given(...withoutNot);
    const rows = await org.client.query<{ readonly Id: string }>(`SELECT Id FROM Account WHERE ${withContacts}`);
    const tickAll = (): Promise<unknown> =>
      Promise.all(
        rows.map(({ Id }) =>
          org.client.send('PATCH', `/services/data/v66.0/sobjects/Account/${Id}`, { body: { [flagField]: true } }),
        ),
      );
    const port = org.portWith((bulk) => ({
      async *queryIds(soql, signal) {
        yield* bulk.queryIds(soql, signal);
        await tickAll();
      },
    }));
    await org.flag(whereRequest(withContacts, { mode: 'sync' }), { port });
    expect(await org.countOf(`(${withContacts}) AND ${flagField} = false`)).toBe(0);
  });
});

describe('Given a sync by somebody of whom it isn’t known which records are seen', () => {
  const org = useFlagOrg({ records: 20 });
  const refused: Read<readonly Row[]> = { ok: false, refusal: { errorCode: 'INVALID_TYPE', message: 'not supported' } };
  const answered = (rows: readonly Row[]): Read<readonly Row[]> => ({ ok: true, value: rows });

  const findingsWhere = async (
    answers: ReadonlyArray<readonly [RegExp, Read<readonly Row[]>]>,
  ): Promise<readonly string[]> => {
    const { port } = org;
    const told: OrgPort = {
      ...port,
      queryAll: async (queries) => {
        const all = await port.queryAll(queries);
        return all.map((answer, index) => {
          const other = answers.find(([pattern]) => pattern.test(queries[index]?.soql ?? ''));
          return other?.[1] ?? answer;
        });
      },
    };
    const { result } = await org.flag(whereRequest(technology, { mode: 'sync' }), { port: told, dryRun: true });
    return result.findings.map(({ code }) => code);
  };
  const permissions = /^SELECT Id, PermissionSet\./;
  const objects = /FROM ObjectPermissions/;
  const model = /FROM EntityDefinition/;

  const limited = [
    [permissions, answered([{ PermissionSet: { PermissionsViewAllData: false } }])],
    [objects, answered([])],
    [model, answered([{ InternalSharingModel: 'Private' }])],
  ] as const;

  it.each([
    ['the permissions are refused', permissions, refused],
    ['no permissions are shown', permissions, answered([])],
    ['the object permissions are refused', objects, refused],
    ['the default is refused', model, refused],
    ['the default is not shown', model, answered([])],
  ])('When %s, Then a warning says so', async (_, question, answer) => {
    expect(await findingsWhere([[question, answer], ...limited])).toContain('MaySeeOnlyPart');
  });

  it('When everything is shown, and nothing shows all records, Then the warning says that some are not seen', async () => {
    expect(await findingsWhere(limited)).toContain('SeesOnlyPart');
  });

  it.each([
    ['a permission shows all records', [permissions, answered([{ PermissionSet: { PermissionsViewAllData: true } }])]],
    ['the default shows all records', [model, answered([{ InternalSharingModel: 'Read' }])]],
  ] as const)('When %s and the rest is refused, Then there is no warning', async (_, known) => {
    const rest = [permissions, objects, model].map((pattern) => [pattern, refused] as const);
    const codes = await findingsWhere([known, ...rest]);
    expect(codes.filter((code) => /Sees?OnlyPart/.test(code))).toEqual([]);
  });
});
