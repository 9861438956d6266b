import type { MetadataComponent, XmlElement } from './component.js';
import { compareText, inSchemaOrder } from './order.js';
import { booleanOf, rowsOf, textOf, toBody, type MetadataRow } from './reading.js';

export type ObjectPermission = {
  readonly object: string;
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAllRecords: boolean;
  readonly modifyAllRecords: boolean;
  /** From API 63. */
  readonly viewAllFields: boolean;
};
export type FieldPermission = { readonly field: string; readonly readable: boolean; readonly editable: boolean };

export type PermissionSetDocument = {
  readonly label: string;
  readonly description: string | null;
  readonly objectPermissions: readonly ObjectPermission[];
  readonly fieldPermissions: readonly FieldPermission[];
  /** Names of the enabled system permissions. */
  readonly userPermissions: readonly string[];
  /** Everything else that the document holds (tab settings, class accesses, licence …), kept as it is. */
  readonly rest: XmlElement;
};

const typedElements = ['fullName', 'label', 'description', 'objectPermissions', 'fieldPermissions', 'userPermissions'];
const schemaOrder = [
  'agentAccesses',
  'applicationVisibilities',
  'classAccesses',
  'customMetadataTypeAccesses',
  'customPermissions',
  'customSettingAccesses',
  'dataspaceScopes',
  'description',
  'emailRoutingAddressAccesses',
  'externalCredentialPrincipalAccesses',
  'externalDataSourceAccesses',
  'fieldPermissions',
  'flowAccesses',
  'genComputingSummaryDefAccess',
  'hasActivationRequired',
  'label',
  'license',
  'objectPermissions',
  'pageAccesses',
  'recordTypeVisibilities',
  'servicePresenceStatusAccesses',
  'tabSettings',
  'userLicense',
  'userPermissions',
];

/**
 * A whole permission set: a deployment replaces the set, so everything that is to stay must be in it. No licence tie by
 * default: a set tied to a licence cannot be assigned to an integration user.
 */
export function permissionSet(name: string, document: PermissionSetDocument): MetadataComponent {
  const objects = document.objectPermissions.filter(grantsAnything).sort(byObject).map(objectElement);
  const fields = document.fieldPermissions
    .filter(({ readable }) => readable)
    .sort(byField)
    .map(fieldElement);
  const system = [...new Set(document.userPermissions)].sort();
  const body: XmlElement = {
    hasActivationRequired: false,
    ...document.rest,
    ...(document.description === null ? {} : { description: document.description }),
    ...(fields.length === 0 ? {} : { fieldPermissions: fields }),
    label: document.label,
    ...(objects.length === 0 ? {} : { objectPermissions: objects }),
    ...(system.length === 0 ? {} : { userPermissions: system.map((item) => ({ enabled: true, name: item })) }),
  };
  return { type: 'PermissionSet', fullName: name, body: inSchemaOrder(body, schemaOrder) };
}

export function parsePermissionSet(row: MetadataRow): PermissionSetDocument {
  return {
    label: textOf(row, 'label') ?? '',
    description: textOf(row, 'description'),
    objectPermissions: rowsOf(row, 'objectPermissions').map(parseObjectPermission),
    fieldPermissions: rowsOf(row, 'fieldPermissions').map(parseFieldPermission),
    userPermissions: rowsOf(row, 'userPermissions')
      .filter((permission) => booleanOf(permission, 'enabled'))
      .map((permission) => textOf(permission, 'name') ?? ''),
    rest: toBody(row, typedElements),
  };
}

/** One permission that a set gives: what two sets are compared by, whatever the order and defaults they are written with. */
export type GrantedPermission =
  | { readonly kind: 'object'; readonly object: string; readonly operation: ObjectPermissionName }
  | { readonly kind: 'field'; readonly field: string; readonly operation: 'read' | 'edit' }
  | { readonly kind: 'system'; readonly permission: string };
export type ObjectPermissionName = Exclude<keyof ObjectPermission, 'object'>;

export const objectPermissionNames = [
  'read',
  'create',
  'edit',
  'delete',
  'viewAllRecords',
  'modifyAllRecords',
  'viewAllFields',
] as const satisfies readonly ObjectPermissionName[];

export type PermissionSetDifference = {
  /** Wanted, and not in the actual set. */
  readonly missing: readonly GrantedPermission[];
  /** In the actual set, and not wanted. */
  readonly extra: readonly GrantedPermission[];
};

export function comparePermissionSets(
  actual: PermissionSetDocument,
  wanted: PermissionSetDocument,
): PermissionSetDifference {
  const actualByKey = byPermissionKey(actual);
  const wantedByKey = byPermissionKey(wanted);
  return {
    missing: [...wantedByKey].filter(([key]) => !actualByKey.has(key)).map(([, permission]) => permission),
    extra: [...actualByKey].filter(([key]) => !wantedByKey.has(key)).map(([, permission]) => permission),
  };
}

export function grantedPermissions(document: PermissionSetDocument): readonly GrantedPermission[] {
  return [
    ...document.objectPermissions.flatMap((permission) =>
      objectPermissionNames
        .filter((operation) => permission[operation])
        .map((operation) => ({ kind: 'object', object: permission.object, operation }) as const),
    ),
    ...document.fieldPermissions.flatMap(({ field, readable, editable }) => [
      ...(readable || editable ? [{ kind: 'field', field, operation: 'read' } as const] : []),
      ...(editable ? [{ kind: 'field', field, operation: 'edit' } as const] : []),
    ]),
    ...document.userPermissions.map((permission) => ({ kind: 'system', permission }) as const),
  ];
}

/** "Account: read", "Account.Rating: edit", "ViewSetup". */
export function permissionText(permission: GrantedPermission): string {
  if (permission.kind === 'system') return permission.permission;
  return `${permission.kind === 'object' ? permission.object : permission.field}: ${permission.operation}`;
}

function byPermissionKey(document: PermissionSetDocument): ReadonlyMap<string, GrantedPermission> {
  return new Map(
    grantedPermissions(document).map((item) => [`${item.kind} ${permissionText(item)}`.toLowerCase(), item]),
  );
}

function grantsAnything(permission: ObjectPermission): boolean {
  return objectPermissionNames.some((name) => permission[name]);
}

function objectElement(permission: ObjectPermission): XmlElement {
  return {
    allowCreate: permission.create,
    allowDelete: permission.delete,
    allowEdit: permission.edit,
    allowRead: permission.read,
    modifyAllRecords: permission.modifyAllRecords,
    object: permission.object,
    ...(permission.viewAllFields ? { viewAllFields: true } : {}),
    viewAllRecords: permission.viewAllRecords,
  };
}

function fieldElement({ field, editable }: FieldPermission): XmlElement {
  return { editable, field, readable: true };
}

export function parseObjectPermission(row: MetadataRow): ObjectPermission {
  return {
    object: textOf(row, 'object') ?? '',
    read: booleanOf(row, 'allowRead'),
    create: booleanOf(row, 'allowCreate'),
    edit: booleanOf(row, 'allowEdit'),
    delete: booleanOf(row, 'allowDelete'),
    viewAllRecords: booleanOf(row, 'viewAllRecords'),
    modifyAllRecords: booleanOf(row, 'modifyAllRecords'),
    viewAllFields: booleanOf(row, 'viewAllFields'),
  };
}

export function parseFieldPermission(row: MetadataRow): FieldPermission {
  const editable = booleanOf(row, 'editable');
  return { field: textOf(row, 'field') ?? '', readable: editable || booleanOf(row, 'readable'), editable };
}

function byObject(a: ObjectPermission, b: ObjectPermission): number {
  return compareText(a.object, b.object);
}

function byField(a: FieldPermission, b: FieldPermission): number {
  return compareText(a.field, b.field);
}
