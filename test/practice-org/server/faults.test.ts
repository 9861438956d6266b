import { describe, expect, it } from 'vitest';
import { Faults, parseFaults } from '../../../practice-org/server/faults.ts';

const userQuery = { method: 'GET', path: '/services/data/v66.0/query?q=SELECT%20Id%20FROM%20User', body: () => '' };
const userInsert = { method: 'POST', path: '/services/data/v66.0/sobjects/User', body: () => '{"LastName":"Bot"}' };

function armed(...specifications: ReturnType<typeof parseFaults>): Faults {
  const faults = new Faults();
  faults.add(specifications);
  return faults;
}

describe('Given a fault', () => {
  it('when its path matches the SOQL as it reads, then it hits', () => {
    expect(armed({ path: 'SELECT Id FROM User', status: 503 }).forRequest(userQuery)).toMatchObject({ status: 503 });
  });

  it('when the method differs, then it does not hit', () => {
    expect(armed({ method: 'DELETE', status: 503 }).forRequest(userQuery)).toBeUndefined();
  });

  it('when the body does not match, then it does not hit', () => {
    expect(armed({ body: '"LastName":"Other"', status: 500 }).forRequest(userInsert)).toBeUndefined();
  });

  it('when afterN is 2, then the third match is hit first', () => {
    const faults = armed({ afterN: 2, status: 500 });
    const hits = [1, 2, 3].map(() => faults.forRequest(userQuery) !== undefined);
    expect(hits).toEqual([false, false, true]);
  });

  it('when times is 1, then it hits once', () => {
    const faults = armed({ times: 1, status: 500 });
    const hits = [1, 2].map(() => faults.forRequest(userQuery) !== undefined);
    expect(hits).toEqual([true, false]);
  });

  it('when times is not given, then it hits until it is removed', () => {
    const faults = armed({ status: 500 });
    faults.forRequest(userQuery);
    faults.clear();
    expect(faults.forRequest(userQuery)).toBeUndefined();
  });

  it('when it locks rows, then it leaves requests to ingest jobs alone', () => {
    const upload = { method: 'PUT', path: '/services/data/v66.0/jobs/ingest/750/batches', body: () => '001x,true' };
    expect(armed({ errorCode: 'UNABLE_TO_LOCK_ROW' }).forRequest(upload)).toBeUndefined();
  });

  it('when it locks rows, then it hits the rows its body matches', () => {
    const faults = armed({ errorCode: 'UNABLE_TO_LOCK_ROW', body: '001y' });
    const hits = ['001x,true', '001y,true'].map((row) => faults.forRow('/jobs/ingest/750', () => row) !== undefined);
    expect(hits).toEqual([false, true]);
  });
});

describe('Given a fault description', () => {
  it.each([
    ['an unknown key', [{ pth: 'x' }]],
    ['a status that is no number', [{ status: '503' }]],
    ['a drop that is neither before nor after', [{ drop: 'never' }]],
    ['no object', ['x']],
  ])('when it has %s, then it is refused', (_what, description) => {
    expect(() => parseFaults(description)).toThrow(TypeError);
  });
});
