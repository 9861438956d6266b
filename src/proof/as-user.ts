import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { OrgPort } from '../org/port.js';
import type { Explanation } from '../planning/verification.js';
import { counted, explainHidden, explainVisible, globalCause, toExplanations, type Causes } from './explanation.js';
import type { Totals } from './proof-questions.js';
import { rowsWithFlag, shareCounts, ownedRows } from './queries.js';
import { idsIn, numberIn, readAll, rowsOrNull } from './reading.js';
import { causesByCount } from './cause-counts.js';
import { proofTexts } from './texts.js';
import type { Measurement } from './verdict.js';

/** Up to so many rows are explained one by one; beyond it, they are counted by cause. */
const mostExplained = 10_000;

/** The integration user's own queries: what it sees is what is counted. */
export async function measureAsUser(
  subject: ProofSubject,
  totals: Totals,
  seen: Totals,
  port: OrgPort,
  asUser: OrgPort,
): Promise<Measurement> {
  const explanation = [
    ...(await explainLeak(subject, seen.unflagged, port, asUser)),
    ...(await explainGap(subject, totals.flagged, seen.flagged, port, asUser)),
  ];
  return {
    flagged: totals.flagged,
    unflagged: totals.unflagged,
    visibleFlagged: seen.flagged,
    visibleUnflagged: seen.unflagged,
    method: 'as-user',
    exact: true,
    scheme: proofTexts.getMessage('scheme.as-user', [subject.sobject]),
    explanation,
    unanswered: 0,
  };
}

async function explainLeak(
  subject: ProofSubject,
  visible: number | null,
  port: OrgPort,
  asUser: OrgPort,
): Promise<readonly Explanation[]> {
  if (visible === null || visible === 0) return [];
  return toExplanations(subject, 'visibleUnflagged', await causesOfLeak(subject, visible, port, asUser));
}

async function causesOfLeak(subject: ProofSubject, visible: number, port: OrgPort, asUser: OrgPort): Promise<Causes> {
  const global = globalCause(subject);
  if (global !== null || subject.flagField === null || visible > mostExplained) {
    const examples = idsIn((await rowsOrNull(asUser, [`${rowsWithFlag(subject, false)} LIMIT 5`])) ?? []);
    if (global !== null) return new Map([[global.cause, { ...counted(examples, global.detail), count: visible }]]);
    const [owned, shared] = await readAll(port, [ownedRows(subject, 'COUNT(Id) rows'), shareCounts(subject)]);
    return causesByCount(visible, numberIn(owned), shared?.ok === true ? shared.value : [], examples);
  }
  const ids = idsIn((await rowsOrNull(asUser, [rowsWithFlag(subject, false)])) ?? []);
  return explainVisible(subject, ids, port);
}

async function explainGap(
  subject: ProofSubject,
  flagged: number | null,
  visible: number | null,
  port: OrgPort,
  asUser: OrgPort,
): Promise<readonly Explanation[]> {
  const { flagField } = subject;
  if (flagField === null || flagged === null || visible === null || flagged <= visible) return [];
  if (flagged > mostExplained) {
    return toExplanations(
      subject,
      'hiddenFlagged',
      new Map([['unexplained', { ...counted([], ''), count: flagged - visible }]]),
    );
  }
  const [all, seen] = await Promise.all([
    rowsOrNull(port, [rowsWithFlag(subject, true)]),
    rowsOrNull(asUser, [rowsWithFlag(subject, true)]),
  ]);
  const isSeen = new Set(idsIn(seen ?? []));
  const hidden = idsIn(all ?? []).filter((id) => !isSeen.has(id));
  return toExplanations(subject, 'hiddenFlagged', await explainHidden(subject, hidden, port));
}
