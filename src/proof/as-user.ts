import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { OrgPort } from '../org/port.js';
import type { Explanation } from '../planning/verification.js';
import {
  counted,
  explainHidden,
  explainVisible,
  globalCause,
  toExplanations,
  withUnexplained,
  type Causes,
} from './explanation.js';
import type { Totals } from './proof-questions.js';
import { ownedRows, rowsOwnedBelow, rowsWithFlag, shareCounts, sharedRowCount } from './queries.js';
import { idsIn, numberIn, readAll, rowsOrNull } from './reading.js';
import { causesByCount, type RowCounts } from './cause-counts.js';
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
  const causes = withUnexplained(await causesOfLeak(subject, visible, port, asUser), visible);
  return toExplanations(subject, 'visibleUnflagged', causes);
}

async function causesOfLeak(subject: ProofSubject, visible: number, port: OrgPort, asUser: OrgPort): Promise<Causes> {
  const global = globalCause(subject);
  if (global !== null) {
    const examples = idsIn((await rowsOrNull(asUser, [`${rowsWithFlag(subject, false)} LIMIT 5`])) ?? []);
    return new Map([[global.cause, { ...counted(examples, global.detail), count: visible }]]);
  }
  if (visible > mostExplained) return causesByCount(subject, visible, await countCauses(subject, port));
  const ids = idsIn((await rowsOrNull(asUser, [rowsWithFlag(subject, false)])) ?? []);
  return explainVisible(subject, ids, port);
}

async function countCauses(subject: ProofSubject, port: OrgPort): Promise<RowCounts> {
  const below = subject.subordinateRoleIds.length === 0 ? [] : [rowsOwnedBelow(subject, 'COUNT(Id) rows')];
  const queries = [shareCounts(subject), sharedRowCount(subject), ownedRows(subject, 'COUNT(Id) rows'), ...below];
  const [shares, shared, owned, ownedBelow] = await readAll(port, queries);
  return {
    shares: shares?.ok === true ? shares.value : [],
    shared: numberIn(shared),
    owned: numberIn(owned),
    ownedBelow: numberIn(ownedBelow),
  };
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
  const causes = withUnexplained(await explainHidden(subject, hidden, port), flagged - visible);
  return toExplanations(subject, 'hiddenFlagged', causes);
}
