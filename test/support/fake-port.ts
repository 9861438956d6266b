import type { OrgPort } from '../../src/org/port.js';

/** A port on which only the given operations may be used; every other one fails the test that calls it. */
export function fakePort(operations: Partial<OrgPort> = {}): OrgPort {
  const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was not expected`));
  const port: OrgPort = {
    username: 'admin@practice.example',
    apiVersion: '66.0',
    identity: unexpected('identity'),
    queryAll: unexpected('queryAll'),
    readTogether: async (queries, sobjects) => ({
      rows: queries.length === 0 ? [] : await port.queryAll(queries),
      descriptions: await Promise.all(sobjects.map((sobject) => port.describe(sobject))),
    }),
    count: unexpected('count'),
    countAll: (queries) => Promise.all(queries.map(({ soql, timeoutMs }) => port.count(soql, timeoutMs))),
    describe: unexpected('describe'),
    readMetadata: unexpected('readMetadata'),
    listMetadata: unexpected('listMetadata'),
    write: unexpected('write'),
    writeRows: unexpected('writeRows'),
    deploy: unexpected('deploy'),
    resetPassword: unexpected('resetPassword'),
    bulk: {
      queryIds: () => {
        throw new Error('bulk.queryIds was not expected');
      },
      uploadBytes: 1_000_000,
      createUpdate: unexpected('bulk.createUpdate'),
      upload: unexpected('bulk.upload'),
      start: unexpected('bulk.start'),
      abort: unexpected('bulk.abort'),
      job: unexpected('bulk.job'),
      unfinishedUpdates: unexpected('bulk.unfinishedUpdates'),
      failedRows: () => {
        throw new Error('bulk.failedRows was not expected');
      },
    },
    requestCounts: () => ({ apiRequests: 0, apiCalls: 0 }),
    ...operations,
  };
  return port;
}
