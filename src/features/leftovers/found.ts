import type { Definition } from '../../definition/definition.js';
import { namesFor } from '../../definition/names.js';
import { isOwned } from '../../definition/ownership.js';
import { parseCustomField } from '../../metadata/custom-field.js';
import { parsePermissionSet, permissionSet } from '../../metadata/permission-set.js';
import { parseSharingRules } from '../../metadata/sharing-rule.js';
import { answerOr, type Answers, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { Change } from '../../planning/change.js';
import { grantQuestions } from '../grant/grant-questions.js';
import { ownSetName, ownSetRow } from '../permissions/questions.js';
import { shareQuestions } from '../share/questions.js';
import { formerFlags, type FormerFlag } from './questions.js';

/** Something of ours that the definition no longer names, and how it is taken away. */
export type Leftover = {
  readonly type: string;
  readonly name: string;
  readonly removal: readonly Change[];
  /** Ticks that are lost with a field. */
  readonly records: number | 'not counted' | null;
};

/** In the order in which they are taken away: what opens access first, what others refer to last. */
export function leftovers(definition: Definition, answers: Answers): readonly Leftover[] {
  const flags = formerFlags(definition, answers).filter((flag) => isOurFlag(definition, flag, answers));
  return [
    ...flags.flatMap((flag) => rulesOf(definition, flag, answers)),
    ...(definition.grant === null ? formerGrants(definition, answers) : []),
    ...(definition.share === null ? [...editors(definition, answers), ...group(definition, answers)] : []),
    ...flags.map((flag) => flagField(definition, flag, answers)),
  ];
}

function isOurFlag({ integration }: Definition, { object, field }: FormerFlag, answers: Answers): boolean {
  const row = answerOr(answers, shareQuestions.field(object, field), null);
  return row !== null && isOwned(parseCustomField(row).description, integration ?? '');
}

function rulesOf(definition: Definition, { object }: FormerFlag, answers: Answers): readonly Leftover[] {
  const row = answerOr(answers, shareQuestions.rules(object), null) ?? {};
  const stillShared = (definition.share?.objects ?? []).some((shared) => shared.object === object);
  const current = stillShared ? namesFor(definition).rule.toLowerCase() : null;
  return parseSharingRules(object, row)
    .filter(
      ({ name, description }) => isOwned(description, definition.integration ?? '') && name.toLowerCase() !== current,
    )
    .map(({ name }) => destroyed(definition, 'SharingCriteriaRule', `${object}.${name}`, 'retiredRules'));
}

function flagField(definition: Definition, { object, field }: FormerFlag, answers: Answers): Leftover {
  const records = answerOr(answers, shareQuestions.flagged(object, field), 'not counted');
  return { ...destroyed(definition, 'CustomField', `${object}.${field}`, 'cleanup'), records };
}

/** Without a grant the owned set may still be needed for reading the flag: then only what it granted goes. */
function formerGrants(definition: Definition, answers: Answers): readonly Leftover[] {
  const names = namesFor(definition);
  const accessSet = ownSetName('accessSet', names, answers);
  const row = ownSetRow('accessSet', names, answers);
  if (row === null || !isOwned(textAt(row, 'Description'), definition.integration ?? '')) return [];
  if (definition.share !== null) return grantsInSet(definition, accessSet, answers);
  const assignments = answerOr(answers, grantQuestions.assignees(names.accessSet), []);
  const destroy = destroyed(definition, 'PermissionSet', accessSet, 'cleanup');
  return [
    {
      ...destroy,
      removal: [...assignments.map((item) => unassigned(definition, accessSet, item)), ...destroy.removal],
    },
  ];
}

function grantsInSet(definition: Definition, accessSet: string, answers: Answers): readonly Leftover[] {
  const row = answerOr(answers, grantQuestions.ownedSet(accessSet), null);
  if (row === null) return [];
  const document = parsePermissionSet(row);
  const { flagField: flag } = namesFor(definition);
  const flags = document.fieldPermissions.filter(({ field }) => field.toLowerCase().endsWith(`.${flag.toLowerCase()}`));
  const granted = document.fieldPermissions.length - flags.length;
  if (document.objectPermissions.length + document.userPermissions.length + granted === 0) return [];
  const emptied = { ...document, objectPermissions: [], userPermissions: [], fieldPermissions: flags };
  const removal: Change = {
    ...base(definition, 'PermissionSet', accessSet),
    action: 'update',
    phase: 'metadata',
    effect: { kind: 'deploy', component: permissionSet(accessSet, emptied) },
  };
  return [{ type: 'PermissionSet', name: accessSet, removal: [removal], records: null }];
}

function editors(definition: Definition, answers: Answers): readonly Leftover[] {
  const names = namesFor(definition);
  const editorSet = ownSetName('editorSet', names, answers);
  const row = ownSetRow('editorSet', names, answers);
  if (row === null || !isOwned(textAt(row, 'Description'), definition.integration ?? '')) return [];
  const assignments = answerOr(answers, shareQuestions.editorAssignments(names.editorSet), []);
  const destroy = destroyed(definition, 'PermissionSet', editorSet, 'cleanup');
  return [
    {
      ...destroy,
      removal: [...assignments.map((item) => unassigned(definition, editorSet, item)), ...destroy.removal],
    },
  ];
}

/** Deleting a group takes its members with it; its rules are gone by then. */
function group(definition: Definition, answers: Answers): readonly Leftover[] {
  const { group: name } = namesFor(definition);
  const row = answerOr(answers, shareQuestions.group(name), [])[0];
  if (row === undefined || !isOwned(textAt(row, 'Description'), definition.integration ?? '')) return [];
  return [destroyed(definition, 'Group', name, 'cleanup')];
}

function unassigned(definition: Definition, set: string, assignment: Row): Change {
  const id = textAt(assignment, 'Id') ?? '';
  return {
    ...base(definition, 'PermissionSetAssignment', `${set} → ${textAt(assignment, 'Assignee.Username') ?? ''}`),
    action: 'unassign',
    phase: 'hide',
    effect: { kind: 'delete', sobject: 'PermissionSetAssignment', id },
    id,
  };
}

function destroyed(definition: Definition, type: string, name: string, phase: Change['phase']): Leftover {
  const removal: Change = {
    ...base(definition, type, name),
    action: 'delete',
    phase,
    effect: { kind: 'destroy', type, fullName: name },
  };
  return { type, name, removal: [removal], records: null };
}

function base({ integration }: Definition, type: string, name: string): Pick<Change, 'type' | 'name' | 'integration'> {
  return { type, name, ...(integration === null ? {} : { integration }) };
}
