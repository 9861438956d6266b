import { describe, expect, it } from 'vitest';
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
