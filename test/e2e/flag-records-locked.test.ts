import type { Connection } from '@salesforce/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fewRows } from '../../src/records/rows-of-query.js';
import { countOf, flag, flagField, makeFlag, rowsChanged, rowsOfJobs, whereRequest } from '../support/flagging.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

const records = process.env['EXHAUSTIVE'] === undefined ? 220_000 : 1_000_000;
const minutes = 10;
/** By their last two digits, of which there are 62 × 62: one Id in a hundred, all over the object. */
const isLocked = /^001\w{10}[0-9A-Zab]0/;

describe('Given so many records that one in a hundred is more than collections take', () => {
  const practice = usePracticeServer({ records });
  let connection: Connection;
  let locked: number;

  beforeAll(async () => {
    connection = await connectTo(practice.server);
    await makeFlag(practice, ['Account']);
    const accounts = practice.server.org.store.table('Account');
    locked = Array.from({ length: records }, (_, row) => accounts.idOf(row)).filter((id) => isLocked.test(id)).length;
  });

  it(
    'When one in a hundred is locked twice, Then all of them end flagged, and only those that were locked are sent again',
    async () => {
      expect(locked).toBeGreaterThan(fewRows);
      await practice.post('/__practice__/faults', [
        { errorCode: 'UNABLE_TO_LOCK_ROW', path: '/jobs/ingest/', body: isLocked.source, times: 2 * locked },
      ]);
      const everything = whereRequest("Industry != 'Nothing'");
      const { exitCode, result } = await flag(connection, everything, { waitMs: minutes * 60_000 });
      expect({
        exitCode,
        written: result.records.written,
        failed: result.records.failed,
        flagged: await countOf(practice, `${flagField} = true`),
        changed: await rowsChanged(practice),
        sent: await rowsOfJobs(practice),
      }).toEqual({
        exitCode: 0,
        written: records,
        failed: 0,
        flagged: records,
        changed: records,
        sent: records + 2 * locked,
      });
    },
    minutes * 60_000,
  );
});
