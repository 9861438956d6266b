import type { Answers } from '../observation/question.js';
import type { OrgPort } from '../org/port.js';
import type { RandomIndex } from './reservoir.js';

export type ProofOptions = {
  /** To the questions of the proof, among others. */
  readonly answers: Answers;
  readonly port: OrgPort;
  /** The integration user's own login, where there is one. */
  readonly asUser: OrgPort | null;
  readonly random: RandomIndex;
  readonly signal: AbortSignal;
};
