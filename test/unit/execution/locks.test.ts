import { describe, expect, it } from 'vitest';
import { isLockText, retryWhileLocked } from '../../../src/execution/locks.js';
import type { ChangeReport, Session } from '../../../src/execution/session.js';
import type { Change } from '../../../src/planning/change.js';
import { fakePort } from '../../support/fake-port.ts';

const change: Change = { action: 'create', type: 'Group', name: 'G', phase: 'metadata', effect: { kind: 'none' } };
const locked: ChangeReport = {
  change,
  state: 'failed',
  error: { name: 'OrgLockedError', message: 'unable to obtain exclusive access to this record', actions: [] },
};
const done: ChangeReport = { change, state: 'done' };

function session(waitMs: number): Session {
  return {
    port: fakePort(),
    deadline: Date.now() + waitMs,
    signal: new AbortController().signal,
    progress: () => undefined,
    ids: new Map(),
  };
}

describe('Given an error text', () => {
  it.each([
    "The sharing calculation you requested can't be processed right now, because it interferes with another operation already in progress. Please try again later.",
    'sharing operation already in progress',
    'admin operation already in progress',
    'Group membership operation already in progress',
    'Le calcul de partage demandé ne peut être traité maintenant car il interfère avec une autre opération en cours',
    'unable to obtain exclusive access to this record or 1 records: 0035cFAKEIDAQBGAA4',
  ])('When it is "%s", Then it is a lock', (text) => {
    expect(isLockText(text)).toBe(true);
  });

  it.each(['insufficient access rights on object id', 'Unknown user permission: X', 'License Limit Exceeded'])(
    'When it is "%s", Then it is none',
    (text) => {
      expect(isLockText(text)).toBe(false);
    },
  );
});

describe('Given a change that meets a lock', () => {
  it('When there is time, Then it is tried again until it is done', async () => {
    const answers = [locked, done];
    const reports = await retryWhileLocked([change], session(10_000), () => Promise.resolve([answers.shift() ?? done]));
    expect(reports).toEqual([done]);
  });

  it('When there is no time left, Then the change is pending, not failed', async () => {
    const reports = await retryWhileLocked([change], session(0), () => Promise.resolve([locked]));
    expect(reports).toMatchObject([{ state: 'pending', error: { name: 'OrgLockedError' } }]);
  });
});
