import { answerOr, type Answers, type Row } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import { permissionQuestions } from './questions.js';
import { bypassPermissions, liftingPermissions } from './system-permissions.js';

export type SourceKind = 'profile' | 'permissionSet' | 'permissionSetGroup';

/** A thing that gives permissions to the user. */
export type PermissionSource = {
  /** Of the permission set row: the profile's own set, the set, or the group's aggregate. */
  readonly id: string;
  readonly assignmentId: string;
  readonly kind: SourceKind;
  /** API name; of a profile its name. */
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
};

export function heldPermissions(username: string, answers: Answers): HeldPermissions {
  const sets = new Map(
    answerOr(answers, permissionQuestions.sets(username), []).map((row) => [textAt(row, 'Id') ?? '', row] as const),
  );
  const sources = answerOr(answers, permissionQuestions.assignments(username), []).map((row) =>
    permissionSource(row, sets.get(textAt(row, 'PermissionSetId') ?? '') ?? {}),
  );
  const byId = new Map(sources.map((source) => [source.id, source]));
  const sourceOf = (row: Row): PermissionSource | undefined => byId.get(textAt(row, 'ParentId') ?? '');
  return {
    sources: [...byId.values()],
    objects: answerOr(answers, permissionQuestions.objects(username), []).flatMap((row) =>
      heldObject(row, sourceOf(row)),
    ),
    fields: answerOr(answers, permissionQuestions.fields(username), []).flatMap((row) => heldField(row, sourceOf(row))),
  };
}

/** Objects that the user may read, from whatever source that works without a session activation. */
export function readableObjects(held: HeldPermissions): readonly string[] {
  return [
    ...new Set(held.objects.filter(({ read, source }) => read && !source.sessionBased).map(({ object }) => object)),
  ].sort();
}

/** Who makes a field visible, as text for people: "the profile X", "the permission set Y", "the permission set group Z". */
export function visibleThrough(held: HeldPermissions, field: string): readonly PermissionSource[] {
  const object = field.split('.')[0] ?? '';
  const byRow = held.fields.filter((row) => row.read && sameName(row.field, field)).map(({ source }) => source);
  const byObject = held.objects
    .filter((row) => row.viewAllFields && sameName(row.object, object))
    .map(({ source }) => source);
  return [...new Set([...byRow, ...byObject])];
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
    permissionSet: textAt(row, 'PermissionSet.Name'),
    permissionSetGroup: textAt(row, 'PermissionSetGroup.DeveloperName'),
  };
  const name = names[kind] ?? textAt(row, 'PermissionSet.Name') ?? '';
  return {
    id: textAt(row, 'PermissionSetId') ?? '',
    assignmentId: textAt(row, 'Id') ?? '',
    kind,
    name,
    label: textAt(row, 'PermissionSet.Label') ?? name,
    description: textAt(row, 'PermissionSet.Description') ?? '',
    sessionBased: booleanAt(row, 'PermissionSet.HasActivationRequired'),
    upToDate: groupId === null || textAt(row, 'PermissionSetGroup.Status') === 'Updated',
    profileId: textAt(row, 'PermissionSet.ProfileId'),
    systemPermissions: new Set(
      [...Object.keys(bypassPermissions), ...Object.keys(liftingPermissions)].filter((permission) =>
        booleanAt(set, `Permissions${permission}`),
      ),
    ),
  };
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
