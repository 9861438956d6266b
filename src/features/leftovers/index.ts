import { emptyPlan } from '../../planning/plan.js';
import type { Impact } from '../../planning/impact.js';
import type { Feature } from '../feature.js';
import { leftovers, type Leftover } from './found.js';
import { questions } from './questions.js';
import { texts } from './texts.js';

/**
 * What earlier runs made and the definition no longer names: reported, and taken away only where that is asked for. Hidden
 * fields leave no mark and stay hidden; organization-wide defaults stay as they are.
 */
export function leftoverFeature({ prune }: { readonly prune: boolean }): Feature {
  return {
    name: 'leftovers',
    isAsked: ({ integration }) => integration !== null,
    questions,
    plan: (definition, answers) => {
      const found = leftovers(definition, answers);
      if (!prune) return { ...emptyPlan, findings: found.map(report) };
      return {
        ...emptyPlan,
        changes: found.flatMap(({ removal }) => removal),
        impact: found.flatMap((leftover) => deletionImpact(leftover)),
      };
    },
  };
}

function report({ type, name }: Leftover) {
  return texts.finding('warning', 'NoLongerDefined', name, [type, name]);
}

function deletionImpact({ type, name, records }: Leftover): readonly Impact[] {
  const message =
    records === null
      ? texts.text('impact.deleted', [type, name])
      : texts.text('impact.deletedWithTicks', [type, name, records]);
  return [
    {
      on: name,
      change: texts.text('impact.change'),
      people: 0,
      records,
      message,
      consent: 'deletion',
    },
  ];
}
