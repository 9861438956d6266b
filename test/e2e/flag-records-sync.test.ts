import type { Connection } from '@salesforce/core';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { countOf, flag, flagField, makeFlag, rowsChanged, whereRequest, writeRequests } from '../support/flagging.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

const technology = "Industry = 'Technology'";
const energy = "Industry IN ('Technology', 'Energy') AND Name LIKE '%1'";
const withContacts = "Id IN (SELECT AccountId FROM Contact WHERE LastName LIKE '%1')";

describe.each([200, 30_000])('Given %i accounts', (records) => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;

  beforeEach(async () => {
    server = await startPracticeServer({ records });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await makeFlag(client, ['Account']);
  });
  afterEach(async () => {
    await server.close();
  });

  it.each([
    ['another one', energy],
    ['one with a subquery, before which Salesforce takes no NOT', withContacts],
  ])(
    'When the condition became %s, Then --sync writes only the difference, and a second run nothing',
    async (_, next) => {
      if (next === withContacts) {
        await client.post('/__practice__/faults', [
          { path: 'NOT \\(', status: 400, errorCode: 'MALFORMED_QUERY', message: 'NOT is not allowed' },
          {
            path: '/composite/batch',
            body: 'NOT',
            status: 400,
            errorCode: 'MALFORMED_QUERY',
            message: 'NOT is not allowed',
          },
        ]);
      }
      await flag(connection, whereRequest(technology, { mode: 'sync' }));
      await rowsChanged(client);
      const difference =
        (await countOf(client, `(${next}) AND ${flagField} = false`)) +
        (await countOf(client, technology)) -
        (await countOf(client, `(${next}) AND ${flagField} = true`));
      const { exitCode } = await flag(connection, whereRequest(next, { mode: 'sync' }));
      const changed = await rowsChanged(client);
      const second = await flag(connection, whereRequest(next, { mode: 'sync' }));
      expect({
        exitCode,
        changed,
        flagged: await countOf(client, `${flagField} = true`),
        right: await countOf(client, `(${next}) AND ${flagField} = true`),
        second: [second.exitCode, second.result.records.written],
        writes: await writeRequests(client),
      }).toEqual({
        exitCode: 0,
        changed: difference,
        flagged: await countOf(client, next),
        right: await countOf(client, next),
        second: [0, 0],
        writes: [],
      });
    },
  );
});
