import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { RecordProof } from '../planning/verification.js';
import { measureAsUser } from './as-user.js';
import { countRows } from './counts.js';
import { globalCause, toExplanations } from './explanation.js';
import { measureInFull } from './in-full.js';
import { isOpenToAll, isSampled, totalsOf, type Totals } from './proof-questions.js';
import type { ProofOptions } from './proof-options.js';
import { measureBySample } from './sampled.js';
import { proofTexts } from './texts.js';
import { toProof, type Measurement } from './verdict.js';

/** How many rows the user sees of each object, and why: exact where that is possible, else with what a sample proves. */
export async function proveRecords(
  subjects: readonly ProofSubject[],
  options: ProofOptions,
): Promise<readonly RecordProof[]> {
  const seen = options.asUser === null ? null : await countRows(subjects, options.asUser);
  const proofs: RecordProof[] = [];
  for (const [index, subject] of subjects.entries()) {
    const rows = totalsOf(subject, options.answers);
    proofs.push(toProof(subject, await measure(subject, rows, seen?.[index] ?? null, options)));
  }
  return proofs;
}

async function measure(
  subject: ProofSubject,
  totals: Totals,
  seen: Totals | null,
  options: ProofOptions,
): Promise<Measurement> {
  const { port, asUser } = options;
  if (subject.isReadable === false) return withoutPermission(subject, totals);
  if (asUser !== null && seen?.unflagged !== undefined && seen.unflagged !== null) {
    return measureAsUser(subject, totals, seen, port, asUser);
  }
  if (totals.unflagged === null) return notMeasured(subject, totals);
  if (isOpenToAll(subject)) return everythingVisible(subject, totals);
  if (isSampled(subject, totals)) return measureBySample(subject, totals, options);
  return (await measureInFull(subject, port)) ?? notMeasured(subject, totals);
}

/** Without read on the object no row is visible, however it is shared. */
function withoutPermission(subject: ProofSubject, totals: Totals): Measurement {
  const flagged = totals.flagged ?? 0;
  const hidden = new Map(flagged === 0 ? [] : [['unexplained', { count: flagged, examples: [], detail: '' }] as const]);
  return {
    ...totals,
    visibleFlagged: subject.flagField === null ? null : 0,
    visibleUnflagged: 0,
    method: 'permissions',
    exact: true,
    scheme: proofTexts.getMessage('scheme.permissions', [subject.sobject]),
    explanation: toExplanations(subject, 'hiddenFlagged', hidden),
    unanswered: 0,
  };
}

/** An object that nothing filters needs no measuring: the permissions and the default say that all of it is visible. */
function everythingVisible(subject: ProofSubject, totals: Totals): Measurement {
  const global = globalCause(subject);
  const count = totals.unflagged ?? 0;
  const causes = new Map(
    global === null || count === 0 ? [] : [[global.cause, { count, examples: [], detail: global.detail }] as const],
  );
  return {
    ...totals,
    visibleFlagged: null,
    visibleUnflagged: count,
    method: 'permissions',
    exact: false,
    scheme: proofTexts.getMessage('scheme.everything', [subject.sobject]),
    explanation: toExplanations(subject, 'visibleUnflagged', causes),
    unanswered: 0,
  };
}

function notMeasured(subject: ProofSubject, totals: Totals): Measurement {
  return {
    ...totals,
    visibleFlagged: null,
    visibleUnflagged: null,
    method: 'not-measured',
    exact: false,
    scheme: proofTexts.getMessage(subject.runnerSeesAll ? 'scheme.not-measured' : 'scheme.runner-sees-part', [
      subject.sobject,
    ]),
    explanation: [],
    unanswered: 0,
  };
}
