import type { Definition } from '../definition/definition.js';
import { namesOf } from '../definition/names.js';
import { proofSubjects } from '../features/verification/proof-subjects.js';
import { questions } from '../features/verification/questions.js';
import { runnerRound } from '../features/verification/proof-subjects.js';
import { accessState } from '../features/verification/state.js';
import { observe } from '../observation/observe.js';
import type { OrgPort } from '../org/port.js';
import type { Cause } from '../planning/verification.js';
import { explainVisible } from './explanation.js';
import { unflaggedOfOthers } from './queries.js';
import { idsIn, readAll, visibilityOf } from './reading.js';

/** Records of an object that the user reads, that nobody flagged, and that nothing but an open default could show. */
export type Unaccounted = { readonly sobject: string; readonly count: number; readonly examples: readonly string[] };

const unaccounted: readonly Cause[] = ['unexplained', 'organizationWideDefault'];

/**
 * A default that is still open shows every record, so a few unflagged ones of other people tell. Two requests where none is
 * visible; only what is visible is asked about any further.
 */
export async function unaccountedRows(
  definition: Definition,
  sobjects: readonly string[],
  userId: string,
  port: OrgPort,
): Promise<readonly Unaccounted[]> {
  const { integration, share } = definition;
  if (share === null || integration === null || sobjects.length === 0) return [];
  const { flagField } = namesOf(integration, share.flagLabel);
  const samples = await readAll(
    port,
    sobjects.map((sobject) => unflaggedOfOthers(sobject, flagField, userId)),
  );
  const sampled = samples.map((sample) => (sample.ok ? idsIn(sample.value) : []));
  const { visible } = await visibilityOf(port, userId, sampled.flat());
  if (visible.size === 0) return [];
  const visibleRows = sobjects.map((sobject, index) => ({
    sobject,
    ids: (sampled[index] ?? []).filter((id) => visible.has(id)),
  }));
  return withoutAccount(definition, visibleRows, port);
}

type VisibleRows = { readonly sobject: string; readonly ids: readonly string[] };

async function withoutAccount(
  definition: Definition,
  visible: readonly VisibleRows[],
  port: OrgPort,
): Promise<readonly Unaccounted[]> {
  const answers = await observe((known) => [...questions(definition, known), ...runnerRound(definition, known)], port);
  const subjects = new Map(
    proofSubjects(accessState(definition, answers)).map((subject) => [subject.sobject, subject] as const),
  );
  const found: Unaccounted[] = [];
  for (const { sobject, ids } of visible) {
    const subject = subjects.get(sobject);
    const causes = subject === undefined ? new Map<Cause, never>() : await explainVisible(subject, ids, port);
    for (const cause of unaccounted) {
      const counted = causes.get(cause);
      if (counted !== undefined) found.push({ sobject, count: counted.count, examples: counted.examples });
    }
  }
  return found;
}
