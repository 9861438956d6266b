import { describe, expect, it } from 'vitest';
import { Router } from '../../../practice-org/server/router.ts';

const router = new Router<string>([
  { pattern: '/services/data/:version/sobjects/User/:id/password', methods: { DELETE: 'password' } },
  { pattern: '/services/data/:version/sobjects/:object/:id', methods: { GET: 'record' } },
]);

describe('Given a route table', () => {
  it('when a path matches a pattern, then its segments are decoded parameters', () => {
    expect(router.match('/services/data/v66.0/sobjects/Account/a%20b')?.parameters).toEqual({
      version: 'v66.0',
      object: 'Account',
      id: 'a b',
    });
  });

  it('when the path ends in a slash, then it matches all the same', () => {
    expect(router.match('/services/data/v66.0/sobjects/Account/001/')?.methods).toEqual({ GET: 'record' });
  });

  it('when two patterns could match, then the earlier one does', () => {
    expect(router.match('/services/data/v60.0/sobjects/User/005/password')?.methods).toEqual({ DELETE: 'password' });
  });

  it.each(['v49.0', 'v66', '66.0', 'vNext'])('when the version is %s, then nothing matches', (version) => {
    expect(router.match(`/services/data/${version}/sobjects/Account/001`)).toBeUndefined();
  });
});
