import type { Definition } from '../definition/definition.js';
import type { Feature } from '../features/feature.js';
import { observe } from '../observation/observe.js';
import type { OrgPort } from '../org/port.js';
import { mergePlans, type Plan } from '../planning/plan.js';

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
        chosen.flatMap((feature) => feature.questions(definition, known)),
      ),
    port,
  );
  return asked.map(({ definition, features: chosen }) =>
    mergePlans(chosen.map((feature) => feature.plan(definition, answers))),
  );
}
