import type { Finding } from '../../../planning/finding.js';
import type { CheckId, FieldAccess, VerificationResult } from '../../../planning/verification.js';
import { findingsByKind } from '../words.js';

/** The problems of these checks are fields that show what they should not; of others a field may be wrong in other ways. */
const aboutVisibleFields: readonly CheckId[] = ['hidden-fields', 'formulas'];

/** Fields that should not be visible, in lower case. */
export function problemFields(result: VerificationResult): ReadonlySet<string> {
  const messages = new Set(
    result.checks.filter(({ id }) => aboutVisibleFields.includes(id)).flatMap(({ evidence }) => evidence),
  );
  const problems = problemsIn(result).filter(({ message }) => messages.has(message));
  return new Set(problems.map(({ subject }) => subject.toLowerCase()));
}

export function isUnintended({ field, read }: FieldAccess, problems: ReadonlySet<string>): boolean {
  return read && problems.has(field.toLowerCase());
}

/** Problems that are about an object or one of its fields. */
export function problemsWith(result: VerificationResult, sobject: string): number {
  const name = sobject.toLowerCase();
  return problemsIn(result).filter(({ subject }) => {
    const about = subject.toLowerCase();
    return about === name || about.startsWith(`${name}.`);
  }).length;
}

function problemsIn(result: VerificationResult): readonly Finding[] {
  return findingsByKind(result).get('problem') ?? [];
}
