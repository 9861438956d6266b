import type { Finding } from '../../planning/finding.js';
import type { RecordProof } from '../../planning/verification.js';
import { texts } from './texts.js';

export type ProofFindings = {
  readonly problems: readonly Finding[];
  readonly notes: readonly Finding[];
  readonly evidence: readonly string[];
};

/** What the counted records say, for people: rows that nobody flagged and that are visible, and the other way round. */
export function proofFindings(proof: readonly RecordProof[]): ProofFindings {
  const explanations = proof.flatMap(({ sobject, flagField, explanation }) =>
    explanation.map((item) => ({ ...item, sobject, isFiltered: flagField !== null })),
  );
  const unknown = proof.filter(({ status }) => status === 'unknown');
  return {
    problems: [
      ...explanations
        .filter(({ expected }) => !expected)
        .map(({ sobject, records, cause, message }) => ({
          severity: 'warning' as const,
          code: records === 'visibleUnflagged' ? 'UnflaggedVisible' : 'FlaggedHidden',
          subject: sobject,
          message,
          fix: texts.text(`fix.${records}.${cause}`),
        })),
      ...unknown.map(({ sobject, scheme }) => texts.finding('warning', 'ProofUnknown', sobject, [sobject, scheme])),
    ],
    notes: explanations
      .filter(({ expected, isFiltered }) => expected && isFiltered)
      .map(({ sobject, message }) => ({ severity: 'info' as const, code: 'PlatformGives', subject: sobject, message })),
    evidence: proof.map((item) => `${numbersText(item)} ${item.scheme}`),
  };
}

function numbersText({
  sobject,
  flagField,
  flagged,
  unflagged,
  visibleFlagged,
  visibleUnflagged,
}: RecordProof): string {
  const shown = (number: number | null): string => (number === null ? '?' : String(number));
  return flagField === null
    ? texts.text('evidence.rows', [sobject, shown(visibleUnflagged), shown(unflagged)])
    : texts.text('evidence.flaggedRows', [
        sobject,
        shown(visibleFlagged),
        shown(flagged),
        shown(visibleUnflagged),
        shown(unflagged),
      ]);
}
