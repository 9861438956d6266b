import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { OrgPort } from '../org/port.js';
import type { RecordProof } from '../planning/verification.js';
import { measureAsUser } from './as-user.js';
import { countRows, type Totals } from './counts.js';
import { globalCause, toExplanations } from './explanation.js';
import { measureInFull } from './in-full.js';
import type { RandomIndex } from './reservoir.js';
import { measureBySample } from './sampled.js';
import { proofTexts } from './texts.js';
import { toProof, type Measurement } from './verdict.js';

/** So many rows of an object can be asked about one by one within the bound on requests: 8 bundles of 25 × 200. */
const mostInFull = 40_000;

export type ProofOptions = {
  readonly port: OrgPort;
  /** The integration user's own login, where there is one. */
  readonly asUser: OrgPort | null;
  readonly random: RandomIndex;
  readonly signal: AbortSignal;
};

/** How many rows the user sees of each object, and why: exact where that is possible, else with what a sample proves. */
export async function proveRecords(
  subjects: readonly ProofSubject[],
  options: ProofOptions,
): Promise<readonly RecordProof[]> {
  const [totals, seen] = await Promise.all([
    countRows(subjects, options.port),
    options.asUser === null ? null : countRows(subjects, options.asUser),
  ]);
  const proofs: RecordProof[] = [];
  for (const [index, subject] of subjects.entries()) {
    const rows = totals[index] ?? { flagged: null, unflagged: null };
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
  const { port, asUser, random, signal } = options;
  if (!subject.isReadable) return withoutPermission(subject, totals);
  if (asUser !== null && seen?.unflagged !== undefined && seen.unflagged !== null) {
    return measureAsUser(subject, totals, seen, port, asUser);
  }
  const count = (totals.flagged ?? 0) + (totals.unflagged ?? 0);
  if (totals.unflagged === null) return notMeasured(subject, totals);
  if (subject.flagField === null && globalCause(subject) !== null) return everythingVisible(subject, totals);
  if (count > mostInFull) return measureBySample(subject, totals, port, random, signal);
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
    global === null ? [] : [[global.cause, { count, examples: [], detail: global.detail }] as const],
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
    scheme: proofTexts.getMessage('scheme.not-measured', [subject.sobject]),
    explanation: [],
    unanswered: 0,
  };
}
