import type { Definition } from '../../src/definition/definition.js';
import { verificationState, type VerificationState } from '../../src/features/verification/state.js';
import type { Answer, Answers, Question, Refusal } from '../../src/observation/question.js';
import { practiceUsername } from './engine.ts';

const user = { Id: '005g1000000000KAAQ', Username: practiceUsername, IsActive: true, ProfileId: '00eg10000000005AAA' };

export type Told = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: Refusal };

const nothing: Readonly<Record<Question['kind'], unknown>> = {
  records: [],
  describe: { fields: [] },
  metadata: null,
  count: 0,
  list: [],
  identity: { username: 'admin@practice.example' },
};

/** Answers by the object or the component that a question asks about; everything else is empty. */
export function stateWith(definition: Definition, answersAbout: Readonly<Record<string, Told>>): VerificationState {
  const answers: Answers = {
    get: (question) => {
      const subject = /^metadata:(.+)/.exec(question.key)?.[1] ?? /FROM (\w+)/.exec(question.key)?.[1] ?? question.key;
      const otherwise = { ok: true, value: subject === 'User' ? [user] : nothing[question.kind] };
      return (answersAbout[subject] ?? otherwise) as Answer<typeof question>;
    },
  };
  return verificationState(definition, answers);
}
