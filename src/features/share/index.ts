import { naturalKey } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { emptyPlan, type Plan } from '../../planning/plan.js';
import type { Feature } from '../feature.js';
import { editorChanges, editorFindings } from './flag-editors.js';
import { flagChanges, flagFindings } from './flag-field.js';
import { groupChanges, groupFindings } from './group.js';
import { owdImpact } from './impact.js';
import { initialFlagChanges, initialFlagFindings } from './initial-flags.js';
import { layoutChanges, layoutFindings } from './layouts.js';
import { existingRuleNotes, otherAccess, roleLevelFindings } from './other-access.js';
import { questions } from './questions.js';
import { contactNotes, refusals } from './refusals.js';
import { ruleChanges, ruleFindings } from './rule.js';
import { readingFindings, runnerFindings } from './runner.js';
import { modelChangesOf, plannedModels } from './sharing-models-plan.js';
import { shareState, type ShareState } from './state.js';
import { texts } from './texts.js';

/** Only the flagged records: flag field, flag editors, public group, organization-wide defaults, criteria rules. */
export const shareFeature: Feature = {
  name: 'share',
  isAsked: (definition) => definition.share !== null,
  questions,
  plan: (definition, answers) => {
    if (definition.share === null) return emptyPlan;
    const state = shareState(definition, definition.share, answers);
    const reading = readingFindings(state);
    if (reading.length > 0) return { ...emptyPlan, findings: reading };
    const changes = changesOf(state);
    const findings = [...findingsOf(state), ...runnerFindings(state, changes)];
    if (findings.some(({ severity }) => severity === 'error')) return { ...emptyPlan, findings };
    return { changes, findings, impact: owdImpact(state), knownIds: knownIds(state) };
  },
};

function changesOf(state: ShareState): Plan['changes'] {
  return [
    ...flagChanges(state),
    ...groupChanges(state),
    ...editorChanges(state),
    ...layoutChanges(state),
    ...initialFlagChanges(state),
    ...modelChangesOf(state),
    ...ruleChanges(state),
  ];
}

function findingsOf(state: ShareState): readonly Finding[] {
  const moving = plannedModels(state).map(({ sobject }) => sobject);
  return [
    ...refusals(state),
    ...userFindings(state),
    ...flagFindings(state),
    ...groupFindings(state),
    ...editorFindings(state),
    ...ruleFindings(state),
    ...initialFlagFindings(state),
    ...layoutFindings(state),
    ...contactNotes(state),
    ...pauseFindings(state),
    ...roleLevelFindings(state, moving),
    ...existingRuleNotes(state),
    ...otherAccess(state),
  ];
}

/** Nobody can be put into the group who neither exists nor is made by this run. */
function userFindings(state: ShareState): readonly Finding[] {
  const { username, user } = state.definition;
  if (state.user === null) return user === null ? [texts.finding('error', 'UserNotFound', username, [username])] : [];
  const staysInactive = !state.user.isActive && user?.reactivate !== true;
  return staysInactive ? [texts.finding('warning', 'UserInactive', username, [username])] : [];
}

/** From Public Read/Write the default must close before a rule can open: a running integration sees nothing in between. */
function pauseFindings(state: ShareState): readonly Finding[] {
  const shared = state.shared.map(({ name }) => name);
  const cut = plannedModels(state).filter(
    ({ sobject, before }) => shared.includes(sobject) && before.internal !== 'Read' && before.internal !== 'Private',
  );
  const running = state.shared.some((object) => object.userReads && cut.some(({ sobject }) => sobject === object.name));
  const names = cut.map(({ sobject }) => sobject).join(', ');
  return running ? [texts.finding('warning', 'PauseTheSync', names, [names, state.integration])] : [];
}

function knownIds(state: ShareState): Plan['knownIds'] {
  const { group, editorSet, names, people } = state;
  return {
    ...(group === null ? {} : { [naturalKey('Group', names.group)]: group.id }),
    ...(editorSet === null ? {} : { [naturalKey('PermissionSet', names.editorSet)]: editorSet.id }),
    ...Object.fromEntries([...people.values()].map(({ username, id }) => [naturalKey('User', username), id])),
  };
}
