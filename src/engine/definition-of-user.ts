import type { Definition } from '../definition/definition.js';
import { definitionOfUser } from '../features/existing-user/definition.js';
import { questions, type Subject } from '../features/existing-user/questions.js';
import { allFeatures } from '../features/index.js';
import { observe } from '../observation/observe.js';
import type { OrgPort } from '../org/port.js';
import { changeKey } from '../planning/change.js';
import type { Finding } from '../planning/finding.js';
import { errorFindings, pendingChanges, type Plan } from '../planning/plan.js';
import { lookAndPlan } from './look.js';

export type DescribedUser = {
  readonly definition: Definition;
  /** What applying the definition to the same org would still change: none where it says all there is. */
  readonly pending: readonly string[];
  readonly findings: readonly Finding[];
};

/** The definition of a user that exists, tried on the org it was read from. Null: no such user, or no integration is known. */
export async function describeUser(subject: Subject, port: OrgPort): Promise<DescribedUser | null> {
  const answers = await observe((known) => questions(subject, known), port);
  const described = definitionOfUser(subject, answers);
  if (described === null) return null;
  const first = await lookAndPlan(described, port, allFeatures);
  const definition = withConsents(described, first);
  const tried = definition === described ? first : await lookAndPlan(definition, port, allFeatures);
  return { definition, pending: pendingChanges(tried).map(changeKey), findings: errorFindings(tried) };
}

/** What the org gives already beside the filter is consented to by writing it down. */
function withConsents(definition: Definition, plan: Plan): Definition {
  const unfiltered = subjectsOf(plan, 'Unfiltered');
  const isVoided = subjectsOf(plan, 'GrantVoidsFilter').length > 0;
  const { grant, share } = definition;
  const allowUnfiltered = isVoided || (unfiltered.length > 0 && share === null);
  if (grant === null || (!isVoided && unfiltered.length === 0)) return definition;
  return {
    ...definition,
    grant: { ...grant, allowUnfiltered },
    share: share === null ? null : { ...share, unfiltered },
  };
}

function subjectsOf(plan: Plan, code: string): readonly string[] {
  return [...new Set(plan.findings.filter((finding) => finding.code === code).map(({ subject }) => subject))].sort();
}
