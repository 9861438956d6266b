import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/features/verification/check.js';
import { login } from '../../../src/features/verification/checks/login.js';
import { userNotFrozen } from '../../../src/features/verification/checks/user.js';
import { definitionOf } from '../../support/engine.ts';
import { stateWith } from '../../support/verification-state.ts';

const refusal = { ok: false, refusal: { errorCode: 'INVALID_TYPE', message: 'not supported' } } as const;
const definition = definitionOf({ integration: null });

describe('Given answers that Salesforce refuses', () => {
  it('When it is the login history, Then that is a finding and holds nothing back', () => {
    const { check, findings } = runCheck(login, stateWith(definition, { LoginHistory: refusal }));
    expect({ status: check.status, codes: findings.map(({ code }) => code) }).toEqual({
      status: 'pass',
      codes: ['LoginHistoryNotReadable'],
    });
  });

  it('When it is something that a check needs, Then its outcome is unknown, with what to do', () => {
    const { check } = runCheck(userNotFrozen, stateWith(definition, { UserLogin: refusal }));
    expect({ status: check.status, fixes: check.fixes.length }).toEqual({ status: 'unknown', fixes: 1 });
  });
});

describe('Given a login history', () => {
  it('When the user has logged in, Then the last time and the addresses are the evidence', () => {
    const rows = [
      { LoginTime: '2026-11-20T10:00:00.000+0000', SourceIp: '203.0.113.7' },
      { LoginTime: '2026-11-19T10:00:00.000+0000', SourceIp: '203.0.113.8' },
    ];
    const { check } = runCheck(login, stateWith(definition, { LoginHistory: { ok: true, value: rows } }));
    expect(check.evidence.join(' ')).toMatch(/2026-11-20T10.*203\.0\.113\.7, 203\.0\.113\.8/);
  });
});
