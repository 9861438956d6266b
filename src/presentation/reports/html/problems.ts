import type { FieldAccess, VerificationResult } from '../../../planning/verification.js';
import { problemsOf } from '../words.js';

/** What the problems are about, in lower case. */
export function problemSubjects(result: VerificationResult): ReadonlySet<string> {
  return new Set(problemsOf(result).map(({ subject }) => subject.toLowerCase()));
}

/** Visible, and a problem names it: it should not be. */
export function isUnintended({ field, read }: FieldAccess, subjects: ReadonlySet<string>): boolean {
  return read && subjects.has(field.toLowerCase());
}

/** Problems that are about an object or one of its fields. */
export function problemsWith(result: VerificationResult, sobject: string): number {
  const name = sobject.toLowerCase();
  return problemsOf(result).filter(({ subject }) => {
    const about = subject.toLowerCase();
    return about === name || about.startsWith(`${name}.`);
  }).length;
}
