import type { Finding } from '../../planning/finding.js';
import type { ObjectAccess, RecordProof, VerificationResult } from '../../planning/verification.js';
import { reportTexts as texts } from './texts.js';

/** Operations in the words of Setup: "read, view all". */
export function operationWords(operations: ObjectAccess['operations']): string {
  return operations.map((operation) => texts.getMessage(`operation.${operation}`)).join(', ');
}

/** Rows that the user sees of all that there are. A sample finds some of them, and says nothing exact about the rest. */
export function seenText(
  { method }: RecordProof,
  seen: number | null,
  all: number | null,
  shown: (number: number) => string = String,
): string {
  const word = (number: number | null): string => (number === null ? texts.getMessage('notKnown') : shown(number));
  if (method !== 'sample' || seen === null || seen === all) return texts.getMessage('seenOf', [word(seen), word(all)]);
  return seen === 0
    ? texts.getMessage('noneFoundOf', [word(all)])
    : texts.getMessage('atLeastOf', [word(seen), word(all)]);
}

export const findingKinds = ['problem', 'unknown', 'note'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Something is wrong, could not be found out, or is good to know. */
export function findingsByKind({ findings, checks }: VerificationResult): ReadonlyMap<FindingKind, readonly Finding[]> {
  const open = new Set(checks.filter(({ status }) => status === 'unknown').flatMap(({ evidence }) => evidence));
  return Map.groupBy(findings, ({ severity, message }) =>
    severity === 'info' ? 'note' : open.has(message) ? 'unknown' : 'problem',
  );
}
