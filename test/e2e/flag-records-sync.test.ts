import { describe, expect, it } from 'vitest';
import { useFlagOrg } from '../support/flag-org.ts';
import { flagField, rowsChanged, whereRequest, writeRequests } from '../support/flagging.ts';

const technology = "Industry = 'Technology'";
const energy = "Industry IN ('Technology', 'Energy') AND Name LIKE '%1'";
const withContacts = "Id IN (SELECT AccountId FROM Contact WHERE LastName LIKE '%1')";

describe.each([200, 30_000])('Given %i accounts', (records) => {
  const org = useFlagOrg({ records });

  it.each([
    ['another one', energy],
    ['one with a subquery, before which Salesforce takes no NOT', withContacts],
  ])(
    'When the condition became %s, Then --sync writes only the difference, and a second run nothing',
    async (_, next) => {
      if (next === withContacts) {
        await org.given(
          { path: 'NOT \\(', status: 400, errorCode: 'MALFORMED_QUERY', message: 'NOT is not allowed' },
          {
            path: '/composite/batch',
            body: 'NOT',
            status: 400,
            errorCode: 'MALFORMED_QUERY',
            message: 'NOT is not allowed',
          },
        );
      }
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
