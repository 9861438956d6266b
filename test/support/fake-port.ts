import type { OrgPort } from '../../src/org/port.js';

/** A port on which only the given operations may be used; every other one fails the test that calls it. */
export function fakePort(operations: Partial<OrgPort> = {}): OrgPort {
  const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was not expected`));
  return {
    username: 'admin@practice.example',
    apiVersion: '66.0',
    identity: unexpected('identity'),
    queryAll: unexpected('queryAll'),
    count: unexpected('count'),
    describe: unexpected('describe'),
    readMetadata: unexpected('readMetadata'),
    listMetadata: unexpected('listMetadata'),
    write: unexpected('write'),
    writeRows: unexpected('writeRows'),
    deploy: unexpected('deploy'),
    resetPassword: unexpected('resetPassword'),
    requestCounts: () => ({ apiRequests: 0, apiCalls: 0 }),
    ...operations,
  };
}
