import { isUnchanged, type Change } from '../../../planning/change.js';
import type { Finding } from '../../../planning/finding.js';
import { sameName } from '../../permissions/held-permissions.js';
import { permissionQuestions } from '../../permissions/questions.js';
import { editorChanges } from '../../share/flag-editors.js';
import { flagChanges } from '../../share/flag-field.js';
import { groupChanges } from '../../share/group.js';
import { shareQuestions } from '../../share/questions.js';
import { ruleChanges } from '../../share/rule.js';
import { modelChangesOf, modelText } from '../../share/sharing-models-plan.js';
import type { ShareState } from '../../share/state.js';
import { isShared, type CheckDefinition } from '../check.js';
import { changeText } from '../drift.js';
import { entityText } from '../effective-access.js';
import { outdatedGroups } from '../outdated-groups.js';
import { concernedObjects } from '../questions.js';
import { sourceText } from '../sources.js';
import { texts } from '../texts.js';

/** Declared defaults of the shared objects and of all that must follow them, internal and external. */
export const organizationWideDefaults: CheckDefinition = {
  id: 'organization-wide-defaults',
  isAsked: isShared,
  needs: ({ share }) => (share?.objects ?? []).map(({ name }) => shareQuestions.object(name)),
  examine: ({ share }) => ({
    problems: pending(share, modelChangesOf).map((change) =>
      texts.finding('warning', 'DefaultIsOpen', change.name, [change.name, change.before ?? '']),
    ),
    unknowns: (share?.objects ?? [])
      .filter(({ models }) => models === null)
      .map(({ name }) => texts.finding('warning', 'DefaultUnknown', name, [name])),
    evidence: [...(share?.models ?? [])].map(([sobject, models]) =>
      texts.text('evidence.default', [sobject, modelText(models)]),
    ),
  }),
};

/**
 * Lowered defaults take effect when the recalculation is over (Security Implementation Guide, admin_sharing): until then the
 * declared default and the one that Salesforce reports differ.
 */
export const recalculation: CheckDefinition = {
  id: 'recalculation',
  isAsked: isShared,
  needs: ({ share, definition, answers }) => [
    ...(share?.shared ?? []).map(({ name }) => shareQuestions.object(name)),
    permissionQuestions.entities(concernedObjects(definition, answers)),
  ],
  examine: (state) => {
    const shared = (state.share?.shared ?? []).map(({ name, models }) => ({
      name,
      declared: models?.internal ?? null,
      effective: entityText(state, name, 'InternalSharingModel'),
    }));
    return {
      problems: shared
        .filter(({ declared, effective }) => declared === 'Private' && effective !== null && effective !== declared)
        .map(({ name, declared, effective }) =>
          texts.finding('warning', 'RecalculationRunning', name, [name, declared ?? '', effective ?? '']),
        ),
      unknowns: shared
        .filter(({ declared, effective }) => declared === null || effective === null)
        .map(({ name }) => texts.finding('warning', 'DefaultUnknown', name, [name])),
      evidence: shared.map(({ name, effective }) => texts.text('evidence.effective', [name, effective ?? '–'])),
    };
  },
};

/** A stored checkbox, which the integration user can read and never tick. */
export const flag: CheckDefinition = {
  id: 'flag',
  isAsked: isShared,
  needs: ({ share, definition }) => [
    ...(share?.shared ?? []).map(({ name }) => shareQuestions.object(name)),
    permissionQuestions.assignments(definition.username),
    permissionQuestions.fields(definition.username),
  ],
  examine: (state) => {
    const { share, held, definition } = state;
    const problems = (share?.shared ?? []).flatMap((object): readonly Finding[] => {
      const name = `${object.name}.${share?.names.flagField ?? ''}`;
      if (object.flag === null) return [texts.finding('warning', 'FlagMissing', name, [name])];
      if (!object.flag.isStoredCheckbox) return [texts.finding('warning', 'FlagIsNoCheckbox', name, [name])];
      const editable = held.fields.filter((row) => row.edit && sameName(row.field, name));
      return editable.map(({ source }) =>
        texts.finding('warning', 'FlagEditable', name, [definition.username, name, sourceText(source)]),
      );
    });
    return { problems, unknowns: outdatedGroups(state), evidence: pendingNames(share, flagChanges) };
  },
};

/** Who may tick the flag can, and the integration user is not among them. */
export const flagEditors: CheckDefinition = {
  id: 'flag-editors',
  isAsked: isShared,
  needs: ({ share }) => {
    if (share === null) return [];
    const { names, shared } = share;
    const { editorFields, editorAssignments, object } = shareQuestions;
    return [
      permissionQuestions.ownSets(names),
      editorFields(names.editorSet),
      editorAssignments(names.editorSet),
      ...shared.map(({ name }) => object(name)),
    ];
  },
  examine: ({ share, definition }) => {
    const named = new Set((definition.share?.flagEditors ?? []).map((username) => username.toLowerCase()));
    const drift = pending(share, editorChanges).filter(
      ({ type, name }) => type !== 'PermissionSetAssignment' || named.has(name.split(' → ')[1]?.toLowerCase() ?? ''),
    );
    const isEditor = share?.editorAssignees.includes(definition.username.toLowerCase()) === true;
    const { editorSet = '' } = share?.names ?? {};
    return {
      problems: [
        ...drift.map((change) => texts.finding('warning', 'EditorsDiffer', change.name, [change.name])),
        ...(isEditor
          ? [texts.finding('warning', 'IntegrationUserIsEditor', definition.username, [definition.username, editorSet])]
          : []),
      ],
      evidence: [texts.text('evidence.editors', [share?.editorAssignees.join(', ') ?? ''])],
    };
  },
};

/** Exactly the integration user, and nobody above it in the role hierarchy. */
export const group: CheckDefinition = {
  id: 'group',
  isAsked: isShared,
  needs: ({ share }) => [
    shareQuestions.group(share?.names.group ?? ''),
    shareQuestions.members(share?.names.group ?? ''),
  ],
  examine: ({ share, userId }) => ({
    problems: pending(share, groupChanges).map((change) => groupProblem(change, share)),
    evidence: [
      texts.text('evidence.group', [
        share?.names.group ?? '',
        share?.members.length ?? 0,
        share?.members.some(({ userOrGroupId }) => userOrGroupId === userId) === true ? 1 : 0,
      ]),
    ],
  }),
};

function groupProblem(change: Change, share: ShareState | null): Finding {
  const name = share?.names.group ?? '';
  if (change.type === 'Group') {
    return change.action === 'create'
      ? texts.finding('warning', 'GroupMissing', name, [name])
      : texts.finding('warning', 'GroupIncludesBosses', name, [name]);
  }
  return change.action === 'assign'
    ? texts.finding('warning', 'NotInGroup', name, [name])
    : texts.finding('warning', 'StrangerInGroup', change.name, [name, change.name.split(' → ')[0] ?? '']);
}

export const rule: CheckDefinition = {
  id: 'rule',
  isAsked: isShared,
  needs: ({ share }) => (share?.shared ?? []).map(({ name }) => shareQuestions.rules(name)),
  examine: ({ share }) => ({
    problems: distinctNames(pending(share, ruleChanges)).map((change) =>
      change.before === undefined
        ? texts.finding('warning', 'RuleMissing', change.name, [change.name])
        : texts.finding('warning', 'RuleDiffers', change.name, [change.name, changeText(change)]),
    ),
    evidence: pendingNames(share, ruleChanges),
  }),
};

/** A rule that must be made anew is two changes; the first says what differs. */
function distinctNames(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.toReversed().map((change) => [change.name, change])).values()].toReversed();
}

type Planner = (state: ShareState) => readonly Change[];

/** What the planner would still change is what differs. */
function pending(share: ShareState | null, planner: Planner): readonly Change[] {
  return share === null ? [] : planner(share).filter((change) => !isUnchanged(change));
}

function pendingNames(share: ShareState | null, planner: Planner): readonly string[] {
  return share === null
    ? []
    : planner(share).map(({ name, after }) => (after === undefined ? name : `${name}: ${after}`));
}
