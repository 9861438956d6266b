import type { ProofSubject } from '../features/verification/proof-subjects.js';
import { booleanAt, textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';
import { explainHidden, explainVisible, toExplanations } from './explanation.js';
import { allRows } from './queries.js';
import { rowsOrNull, visibilityOf } from './reading.js';
import { proofTexts } from './texts.js';
import type { Measurement } from './verdict.js';

/** What Salesforce itself says about the user's access to every single row. */
export async function measureInFull(subject: ProofSubject, port: OrgPort): Promise<Measurement | null> {
  const rows = await rowsOrNull(port, [allRows(subject)]);
  if (rows === null) return null;
  const { flagField } = subject;
  const isFlagged = new Map(
    rows.map((row) => [textAt(row, 'Id') ?? '', flagField !== null && booleanAt(row, flagField)] as const),
  );
  const ids = [...isFlagged.keys()];
  const { visible, unknown } = await visibilityOf(port, subject.userId, ids);
  if (unknown.size === ids.length && ids.length > 0) return null;
  const flagged = ids.filter((id) => isFlagged.get(id) === true);
  const unflagged = ids.filter((id) => isFlagged.get(id) === false);
  const leaked = unflagged.filter((id) => visible.has(id));
  const missing = flagged.filter((id) => !visible.has(id) && !unknown.has(id));
  return {
    flagged: flagField === null ? null : flagged.length,
    unflagged: unflagged.length,
    visibleFlagged: flagField === null ? null : flagged.filter((id) => visible.has(id)).length,
    visibleUnflagged: leaked.length,
    method: 'user-record-access',
    exact: unknown.size === 0,
    scheme: proofTexts.getMessage('scheme.user-record-access', [ids.length, subject.sobject]),
    explanation: [
      ...toExplanations(subject, 'visibleUnflagged', await explainVisible(subject, leaked, port)),
      ...toExplanations(subject, 'hiddenFlagged', await explainHidden(subject, missing, port)),
    ],
    unanswered: unknown.size,
  };
}
