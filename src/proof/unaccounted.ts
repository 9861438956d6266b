import type { Definition } from '../definition/definition.js';
import { membershipDoubts } from '../features/verification/membership-doubts.js';
import { proofSubjects, runnerRound } from '../features/verification/proof-subjects.js';
import { questions } from '../features/verification/questions.js';
import { accessState } from '../features/verification/state.js';
import { observe } from '../observation/observe.js';
import { explainRefusal } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';
import type { Cause } from '../planning/verification.js';
import { explainVisible } from './explanation.js';

/** Records of an object that somebody reads, by Id. */
export type VisibleRows = { readonly sobject: string; readonly ids: readonly string[] };

/** Records of an object that the user reads, that nobody flagged, and that nothing but an open default could show. */
export type Unaccounted = { readonly sobject: string; readonly count: number; readonly examples: readonly string[] };

const unaccounted: readonly Cause[] = ['unexplained', 'organizationWideDefault'];

/**
 * Of unflagged records that the user reads, those for which no owner, share, rule, role or permission accounts. Throws OrgError
 * where it is not known through which groups something reaches the user.
 */
export async function unaccountedRows(
  definition: Definition,
  visible: readonly VisibleRows[],
  port: OrgPort,
): Promise<readonly Unaccounted[]> {
  const answers = await observe((known) => [...questions(definition, known), ...runnerRound(definition, known)], port);
  const state = accessState(definition, answers);
  const doubts = membershipDoubts(state);
  if (doubts.length > 0) throw explainRefusal({ errorCode: 'NO_ANSWER', message: doubts.join('; ') });
  const subjects = proofSubjects(state);
  const found: Unaccounted[] = [];
  for (const { sobject, ids } of visible) {
    const subject = subjects.find((candidate) => candidate.sobject === sobject);
    const causes = subject === undefined ? new Map<Cause, never>() : await explainVisible(subject, ids, port);
    for (const cause of unaccounted) {
      const counted = causes.get(cause);
      if (counted !== undefined) found.push({ sobject, count: counted.count, examples: counted.examples });
    }
  }
  return found;
}
