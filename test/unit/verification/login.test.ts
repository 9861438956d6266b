import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/features/verification/check.js';
import { login } from '../../../src/features/verification/checks/login.js';
import { userNotFrozen } from '../../../src/features/verification/checks/user.js';
import { verificationState, type VerificationState } from '../../../src/features/verification/state.js';
import type { Answer, Answers, Question } from '../../../src/observation/question.js';
import { definitionOf, practiceUsername } from '../../support/engine.ts';

const refusal = { ok: false, refusal: { errorCode: 'INVALID_TYPE', message: 'not supported' } } as const;
const user = { Id: '005g1000000000KAAQ', Username: practiceUsername, IsActive: true, ProfileId: '00eg10000000005AAA' };

/** Answers by the object that a question asks about; everything else is empty. */
function stateWith(byObject: Readonly<Record<string, Answer<Question>>>): VerificationState {
  const answers: Answers = {
    get: (question) => {
      const object = /FROM (\w+)/.exec(question.key)?.[1] ?? '';
      const answer = byObject[object] ?? (object === 'User' ? { ok: true, value: [user] } : { ok: true, value: [] });
      return answer as Answer<typeof question>;
    },
  };
  return verificationState(definitionOf({ integration: null }), answers);
}

describe('Given answers that Salesforce refuses', () => {
  it('When it is the login history, Then that is a finding and holds nothing back', () => {
    const { check, findings } = runCheck(login, stateWith({ LoginHistory: refusal }));
    expect({ status: check.status, codes: findings.map(({ code }) => code) }).toEqual({
      status: 'pass',
      codes: ['LoginHistoryNotReadable'],
    });
  });

  it('When it is something that a check needs, Then its outcome is unknown, with what to do', () => {
    const { check } = runCheck(userNotFrozen, stateWith({ UserLogin: refusal }));
    expect({ status: check.status, fixes: check.fixes.length }).toEqual({ status: 'unknown', fixes: 1 });
  });
});

describe('Given a login history', () => {
  it('When the user has logged in, Then the last time and the addresses are the evidence', () => {
    const rows = [
      { LoginTime: '2026-11-20T10:00:00.000+0000', SourceIp: '203.0.113.7' },
      { LoginTime: '2026-11-19T10:00:00.000+0000', SourceIp: '203.0.113.8' },
    ];
    const { check } = runCheck(login, stateWith({ LoginHistory: { ok: true, value: rows } }));
    expect(check.evidence.join(' ')).toMatch(/2026-11-20T10.*203\.0\.113\.7, 203\.0\.113\.8/);
  });
});
