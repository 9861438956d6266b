import { conditionProblem } from '../../definition/condition.js';
import { readOwnership } from '../../definition/ownership.js';
import { answerOr } from '../../observation/question.js';
import { wordsOf } from '../../observation/refusal.js';
import type { Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { matchingQuestion } from './questions.js';
import { existingRule } from './rule.js';
import type { SharedState, ShareState } from './state.js';
import { texts } from './texts.js';

/**
 * The first flags, set once, before the default changes: the rule then has all of them to share when it starts. Once our rule
 * exists a person may have unticked some on purpose, so from then on nothing is ticked here.
 */
export function initialFlagChanges(state: ShareState): readonly Change[] {
  return state.shared.flatMap((object): readonly Change[] => {
    const condition = object.request.flagInitially;
    const count = toFlag(state, object);
    if (condition === null || wereSet(state, object) || count === 0) return [];
    const flag = { sobject: object.name, field: state.names.flagField, value: true, condition } as const;
    return [
      {
        action: 'flag',
        type: object.name,
        name: condition,
        phase: 'flags',
        integration: state.integration,
        effect: { kind: 'flagRecords', ...flag, ...(count === 'not counted' ? {} : { counted: count }) },
        after: texts.text('flags.count', [String(count)]),
      },
    ];
  });
}

export function initialFlagFindings(state: ShareState): readonly Finding[] {
  return state.shared.flatMap((object): readonly Finding[] => {
    const condition = object.request.flagInitially;
    if (condition === null) return [];
    // In parentheses "a) OR (b" would be accepted by the org, and mean something else than what was counted.
    if (conditionProblem(condition) !== null) {
      return [texts.finding('error', 'NotOneCondition', object.name, [object.name, condition])];
    }
    const answer = state.answers.get(matchingQuestion(state.definition, state.answers, object.name, condition));
    if (answer?.ok === false) {
      return [
        texts.finding('error', 'ConditionRefused', object.name, [object.name, condition, wordsOf(answer.refusal)]),
      ];
    }
    const unflagged = toFlag(state, object);
    if (!wereSet(state, object) || unflagged === 0) return [];
    return [texts.finding('info', 'MatchingButNotFlagged', object.name, [String(unflagged), object.name, condition])];
  });
}

/**
 * The rule exists, or it did: it goes for a moment when it has to be made again. The first flags are set before the default
 * closes, so a default that closed since the flag was made tells that they were.
 */
function wereSet(state: ShareState, object: SharedState): boolean {
  if (existingRule(state, object) !== null) return true;
  const start = readOwnership(object.flag?.description)?.startingModels.find((model) => model.object === object.name);
  return start !== undefined && start.internal !== 'Private' && object.models?.internal === 'Private';
}

function toFlag(state: ShareState, object: SharedState): number | 'not counted' {
  const question = matchingQuestion(state.definition, state.answers, object.name, object.request.flagInitially ?? '');
  return answerOr(state.answers, question, 'not counted');
}
