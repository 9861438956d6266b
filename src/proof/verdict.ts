import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { CheckStatus, Explanation, RecordProof } from '../planning/verification.js';
import { proofTexts } from './texts.js';

/** What was counted, before it is judged. */
export type Measurement = Omit<RecordProof, 'sobject' | 'flagField' | 'status'> & {
  /** Rows about which nothing could be learned, and questions that would have found more of them. */
  readonly unanswered: number;
};

/** Unknown is never a pass: an unexplained row fails, and a number that is missing leaves the outcome open. */
export function toProof(subject: ProofSubject, measurement: Measurement): RecordProof {
  const doubts = measurement.method === 'permissions' ? [] : subject.membershipDoubts;
  return {
    sobject: subject.sobject,
    flagField: subject.flagField,
    flagged: measurement.flagged,
    unflagged: measurement.unflagged,
    visibleFlagged: measurement.visibleFlagged,
    visibleUnflagged: measurement.visibleUnflagged,
    method: measurement.method,
    exact: measurement.exact,
    status: judge(subject, measurement, doubts.length > 0),
    scheme: [measurement.scheme, ...(doubts.length === 0 ? [] : [doubtText(doubts)])].join(' '),
    explanation: measurement.explanation,
  };
}

function doubtText(doubts: readonly string[]): string {
  return proofTexts.getMessage('scheme.doubts', [doubts.join('; ')]);
}

function judge(subject: ProofSubject, measurement: Measurement, isDoubted: boolean): CheckStatus {
  const { explanation, method, unanswered } = measurement;
  if (explanation.some(({ expected }) => !expected)) return 'fail';
  if (isDoubted) return 'unknown';
  // Nothing was asked of it; but what somebody who sees only a part can't tell is not known.
  if (subject.flagField === null) return subject.runnerSeesAll && subject.isReadable !== null ? 'pass' : 'unknown';
  const numbers = [
    measurement.flagged,
    measurement.unflagged,
    measurement.visibleFlagged,
    measurement.visibleUnflagged,
  ];
  const isOpen = method === 'not-measured' || unanswered > 0 || numbers.includes(null) || !subject.runnerSeesAll;
  return isOpen ? 'unknown' : 'pass';
}

export function total(explanations: readonly Explanation[]): number {
  return explanations.reduce((sum, { count }) => sum + count, 0);
}
