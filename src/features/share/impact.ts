import { answerOr } from '../../observation/question.js';
import type { Counted, Impact } from '../../planning/impact.js';
import { shareQuestions } from './questions.js';
import type { ModelChange } from './sharing-models.js';
import { modelText, plannedModels } from './sharing-models-plan.js';
import type { ShareState } from './state.js';
import { texts } from './texts.js';

/** A default is everybody's: how many people lose sight of how many records that are not theirs. */
export function owdImpact(state: ShareState): readonly Impact[] {
  return plannedModels(state).map((change) => impactOf(state, change));
}

function impactOf(state: ShareState, change: ModelChange): Impact {
  const people = peopleAffected(state);
  const records = answerOr(state.answers, shareQuestions.records(change.sobject), 'not counted');
  const tokens = [change.sobject, modelText(change.before), modelText(change.after), String(people), String(records)];
  return {
    on: change.sobject,
    change: `${modelText(change.before)} → ${modelText(change.after)}`,
    people,
    records,
    message: texts.text(messageKey(change), tokens),
    consent: 'owd',
  };
}

function messageKey({ before }: ModelChange): string {
  switch (before.internal) {
    case 'Read':
      return 'impact.fromRead';
    case 'ControlledByParent':
      return 'impact.fromParent';
    case 'Private':
      return 'impact.externalOnly';
    default:
      return 'impact.fromReadWrite';
  }
}

/** Active internal users without View All Data. */
function peopleAffected(state: ShareState): Counted {
  const active = answerOr(state.answers, shareQuestions.activePeople, 'not counted');
  const unaffected = answerOr(state.answers, shareQuestions.peopleWhoSeeAll, 'not counted');
  return active === 'not counted' ? active : active - (unaffected === 'not counted' ? 0 : unaffected);
}
