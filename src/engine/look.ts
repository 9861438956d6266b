import type { Definition } from '../definition/definition.js';
import type { Feature } from '../features/feature.js';
import { observe } from '../observation/observe.js';
import type { Answers, Question } from '../observation/question.js';
import type { OrgPort } from '../org/port.js';
import { errorFindings, mergePlans, type Plan } from '../planning/plan.js';
import { refusedAnswers } from './refused-answers.js';

export async function lookAndPlan(definition: Definition, port: OrgPort, features: readonly Feature[]): Promise<Plan> {
  const [plan] = await lookAndPlanAll([definition], port, features);
  if (plan === undefined) throw new Error('A definition has no plan.');
  return plan;
}

/** One plan for each definition, from one observation: what several ask is asked once. Reads only. */
export async function lookAndPlanAll(
  definitions: readonly Definition[],
  port: OrgPort,
  features: readonly Feature[],
): Promise<readonly Plan[]> {
  const asked = definitions.map((definition) => ({
    definition,
    features: features.filter((feature) => feature.isAsked(definition)),
  }));
  const answers = await observe(
    (known) =>
      asked.flatMap(({ definition, features: chosen }) =>
        chosen.flatMap((feature) => allQuestions(feature, definition, known)),
      ),
    port,
  );
  return asked.map(({ definition, features: chosen }) => {
    const plan = mergePlans(chosen.map((feature) => feature.plan(definition, answers)));
    const questions = chosen.flatMap((feature) => allQuestions(feature, definition, answers));
    return withRefusedAnswers(plan, questions, answers);
  });
}

function allQuestions(feature: Feature, definition: Definition, answers: Answers): readonly Question[] {
  return [...feature.questions(definition, answers), ...(feature.crossChecks?.(definition, answers) ?? [])];
}

/** What a missing permission or license makes Salesforce refuse; every other error may only follow from the refusal. */
const reasons: readonly string[] = ['MissingPermission', 'IntegrationLicenseMissing'];

/** An object that the org refuses to describe is not one that does not exist. */
function withRefusedAnswers(plan: Plan, questions: readonly Question[], answers: Answers): Plan {
  const refused = refusedAnswers(questions, answers);
  if (refused.length === 0) return plan;
  const known = errorFindings(plan).filter(({ code }) => reasons.includes(code));
  const harmless = plan.findings.filter(({ severity }) => severity !== 'error');
  return { ...plan, findings: [...harmless, ...(known.length > 0 ? known : refused)] };
}
