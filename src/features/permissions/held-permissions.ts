import { answerOr, type Answers, type Row } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import { permissionQuestions } from './questions.js';
import { qualifiedName } from './set-names.js';
import { bypassPermissions, liftingPermissions } from './system-permissions.js';

export type SourceKind = 'profile' | 'permissionSet' | 'permissionSetGroup';

/** A thing that gives permissions to the user. */
export type PermissionSource = {
  /** Of the permission set row: the profile's own set, the set, or the group's aggregate. */
  readonly id: string;
  readonly assignmentId: string;
  readonly kind: SourceKind;
  /** API name, with the namespace of its package; of a profile its name. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Session-based sets count as assigned but give nothing until the session activates them. */
  readonly sessionBased: boolean;
  /** A group whose aggregate Salesforce has not computed yet may change. */
  readonly upToDate: boolean;
  readonly profileId: string | null;
  readonly systemPermissions: ReadonlySet<string>;
};

export type HeldObject = {
  readonly source: PermissionSource;
  readonly object: string;
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAllRecords: boolean;
  readonly modifyAllRecords: boolean;
  readonly viewAllFields: boolean;
};

export type HeldField = {
  readonly source: PermissionSource;
  readonly rowId: string;
  readonly object: string;
  /** "Account.Rating" */
  readonly field: string;
  readonly read: boolean;
  readonly edit: boolean;
};

/** All that a user holds, with who gives it: permissions are a union, so a thing is hidden only when nobody gives it. */
export type HeldPermissions = {
  readonly sources: readonly PermissionSource[];
  readonly objects: readonly HeldObject[];
  readonly fields: readonly HeldField[];
  /** Lower-case "object.field" → the rows that give it. */
  readonly rowsByField: ReadonlyMap<string, readonly HeldField[]>;
};

export function heldPermissions(username: string, answers: Answers): HeldPermissions {
  return heldThrough(
    answerOr(answers, permissionQuestions.assignments(username), []),
    answerOr(answers, permissionQuestions.sets(username), []),
    answerOr(answers, permissionQuestions.objects(username), []),
    answerOr(answers, permissionQuestions.fields(username), []),
  );
}

/** What a profile gives, to a user that does not exist yet. */
export function profilePermissions(
  profile: { readonly id: string; readonly name: string },
  answers: Answers,
): HeldPermissions {
  const sets = answerOr(answers, permissionQuestions.profileSet(profile.id), []);
  const assignments = sets.map((set): Row => ({
    PermissionSetId: textAt(set, 'Id'),
    PermissionSet: {
      IsOwnedByProfile: true,
      ProfileId: profile.id,
      Profile: { Name: profile.name },
      Label: profile.name,
    },
  }));
  return heldThrough(
    assignments,
    sets,
    answerOr(answers, permissionQuestions.profileObjects(profile.id), []),
    answerOr(answers, permissionQuestions.profileFields(profile.id), []),
  );
}

/** From rows of PermissionSetAssignment, of the PermissionSets they name, and of those sets' ObjectPermissions and FieldPermissions. */
export function heldThrough(
  assignments: readonly Row[],
  sets: readonly Row[],
  objects: readonly Row[],
  fields: readonly Row[],
): HeldPermissions {
  const setById = new Map(sets.map((row) => [textAt(row, 'Id') ?? '', row] as const));
  const sources = assignments.map((row) =>
    permissionSource(row, setById.get(textAt(row, 'PermissionSetId') ?? '') ?? {}),
  );
  const byId = new Map(sources.map((source) => [source.id, source]));
  const sourceOf = (row: Row): PermissionSource | undefined => byId.get(textAt(row, 'ParentId') ?? '');
  const heldFields = fields.flatMap((row) => heldField(row, sourceOf(row)));
  return {
    sources: [...byId.values()],
    objects: objects.flatMap((row) => heldObject(row, sourceOf(row))),
    fields: heldFields,
    rowsByField: Map.groupBy(heldFields, ({ field }) => field.toLowerCase()),
  };
}

/** Objects that the user may read, from whatever source that works without a session activation. */
export function readableObjects(held: HeldPermissions): readonly string[] {
  return [
    ...new Set(held.objects.filter(({ read, source }) => read && !source.sessionBased).map(({ object }) => object)),
  ].sort();
}

/** The rows that make a field readable. */
export function readingRows(held: HeldPermissions, field: string): readonly HeldField[] {
  return (held.rowsByField.get(field.toLowerCase()) ?? []).filter(({ read }) => read);
}

/** Who makes a field visible: by a row of its own, or by View All Fields on its object or on every object. */
export function visibleThrough(held: HeldPermissions, field: string): readonly PermissionSource[] {
  const byRow = readingRows(held, field).map(({ source }) => source);
  return [...new Set([...byRow, ...givingAllFields(held, field)])];
}

/** Whoever gives View All Fields; rows of single fields that come along with it are placeholders. */
export function givingAllFields(held: HeldPermissions, field: string): readonly PermissionSource[] {
  const object = field.split('.')[0] ?? '';
  const onObject = held.objects
    .filter((row) => row.viewAllFields && sameName(row.object, object))
    .map(({ source }) => source);
  const everywhere = held.sources.filter(({ systemPermissions }) => systemPermissions.has('ViewAllFieldsGlobal'));
  return [...onObject, ...everywhere];
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function permissionSource(row: Row, set: Row): PermissionSource {
  const isProfile = booleanAt(row, 'PermissionSet.IsOwnedByProfile');
  const groupId = textAt(row, 'PermissionSetGroupId');
  const kind: SourceKind = isProfile ? 'profile' : groupId === null ? 'permissionSet' : 'permissionSetGroup';
  const names = {
    profile: textAt(row, 'PermissionSet.Profile.Name'),
    permissionSet: qualifiedAt(row, 'PermissionSet', 'Name'),
    permissionSetGroup: qualifiedAt(row, 'PermissionSetGroup', 'DeveloperName'),
  };
  const name = names[kind] ?? textAt(row, 'PermissionSet.Name') ?? '';
  return {
    id: textAt(row, 'PermissionSetId') ?? '',
    assignmentId: textAt(row, 'Id') ?? '',
    kind,
    name,
    // The set that belongs to a profile is labelled with an Id.
    label: isProfile ? name : (textAt(row, 'PermissionSet.Label') ?? name),
    description: textAt(row, 'PermissionSet.Description') ?? '',
    sessionBased: booleanAt(row, 'PermissionSet.HasActivationRequired'),
    upToDate: groupId === null || textAt(row, 'PermissionSetGroup.Status') === 'Updated',
    profileId: textAt(row, 'PermissionSet.ProfileId'),
    systemPermissions: knownSystemPermissions(set),
  };
}

function qualifiedAt(row: Row, relationship: string, column: string): string | null {
  const name = textAt(row, `${relationship}.${column}`);
  return name === null ? null : qualifiedName(name, textAt(row, `${relationship}.NamespacePrefix`));
}

/** Of a permission set's system permissions those that concern the filter. */
function knownSystemPermissions(set: Row): ReadonlySet<string> {
  return new Set(
    [...Object.keys(bypassPermissions), ...Object.keys(liftingPermissions)].filter((permission) =>
      booleanAt(set, `Permissions${permission}`),
    ),
  );
}

function heldObject(row: Row, source: PermissionSource | undefined): readonly HeldObject[] {
  if (source === undefined) return [];
  return [
    {
      source,
      object: textAt(row, 'SobjectType') ?? '',
      read: booleanAt(row, 'PermissionsRead'),
      create: booleanAt(row, 'PermissionsCreate'),
      edit: booleanAt(row, 'PermissionsEdit'),
      delete: booleanAt(row, 'PermissionsDelete'),
      viewAllRecords: booleanAt(row, 'PermissionsViewAllRecords'),
      modifyAllRecords: booleanAt(row, 'PermissionsModifyAllRecords'),
      viewAllFields: booleanAt(row, 'PermissionsViewAllFields'),
    },
  ];
}

function heldField(row: Row, source: PermissionSource | undefined): readonly HeldField[] {
  if (source === undefined) return [];
  return [
    {
      source,
      rowId: textAt(row, 'Id') ?? '',
      object: textAt(row, 'SobjectType') ?? '',
      field: textAt(row, 'Field') ?? '',
      read: booleanAt(row, 'PermissionsRead'),
      edit: booleanAt(row, 'PermissionsEdit'),
    },
  ];
}
