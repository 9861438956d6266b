import { describeAnswer } from '../probe-api.ts';
import type { Probe } from '../probe.ts';

export const recordAccessLimit: Probe = {
  fact: 'UserRecordAccess takes at most 200 record Ids',
  source: 'Object Reference, UserRecordAccess; the error code is not given there.',
  readOnly: true,
  ask: async (api) => {
    const UserId = await api.onlyId('SELECT Id FROM User LIMIT 1');
    const ids = Array.from({ length: 201 }, (_, number) => `'001${String(number).padStart(12, '0')}'`);
    const soql = `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = '${UserId}' AND RecordId IN (${ids.join(',')})`;
    const answer = describeAnswer(await api.query(soql));
    return answer.includes('Number of records exceeds limit:200') ? 'Number of records exceeds limit:200' : answer;
  },
  expected: 'Number of records exceeds limit:200',
};
