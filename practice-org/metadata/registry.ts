/** Where the components of a type lie in a zip, as `describeMetadata` tells it. */
export type TypeDescription = {
  readonly name: string;
  readonly directory: string;
  readonly suffix: string;
  /** Child types by the element that holds them. */
  readonly children: Readonly<Record<string, string>>;
  /** A retrieve may name all of them by `*`. */
  readonly wildcard: boolean;
};

/** In the order in which a deployment handles them: what others refer to comes first. */
export const typeDescriptions: readonly TypeDescription[] = [
  { name: 'Settings', directory: 'settings', suffix: 'settings', children: {}, wildcard: true },
  { name: 'Role', directory: 'roles', suffix: 'role', children: {}, wildcard: true },
  { name: 'Group', directory: 'groups', suffix: 'group', children: {}, wildcard: true },
  {
    name: 'CustomObject',
    directory: 'objects',
    suffix: 'object',
    children: { fields: 'CustomField', recordTypes: 'RecordType' },
    wildcard: true,
  },
  { name: 'Queue', directory: 'queues', suffix: 'queue', children: {}, wildcard: true },
  { name: 'Layout', directory: 'layouts', suffix: 'layout', children: {}, wildcard: true },
  { name: 'PermissionSet', directory: 'permissionsets', suffix: 'permissionset', children: {}, wildcard: true },
  {
    name: 'MutingPermissionSet',
    directory: 'mutingpermissionsets',
    suffix: 'mutingpermissionset',
    children: {},
    wildcard: true,
  },
  {
    name: 'PermissionSetGroup',
    directory: 'permissionsetgroups',
    suffix: 'permissionsetgroup',
    children: {},
    wildcard: true,
  },
  { name: 'Profile', directory: 'profiles', suffix: 'profile', children: {}, wildcard: true },
  {
    name: 'SharingRules',
    directory: 'sharingRules',
    suffix: 'sharingRules',
    children: {
      sharingCriteriaRules: 'SharingCriteriaRule',
      sharingGuestRules: 'SharingGuestRule',
      sharingOwnerRules: 'SharingOwnerRule',
    },
    wildcard: true,
  },
  { name: 'RestrictionRule', directory: 'restrictionRules', suffix: 'rule', children: {}, wildcard: true },
];

export type ChildDescription = { readonly name: string; readonly element: string; readonly parent: TypeDescription };

const childDescriptions = new Map<string, ChildDescription>(
  typeDescriptions.flatMap((parent) =>
    Object.entries(parent.children).map(([element, name]) => [name, { name, element, parent }] as const),
  ),
);
const descriptions = new Map(typeDescriptions.map((description) => [description.name, description]));

export function typeDescription(name: string): TypeDescription | undefined {
  return descriptions.get(name);
}

export function childDescription(name: string): ChildDescription | undefined {
  return childDescriptions.get(name);
}

/** Grammar type of a component: settings are named by what they set. */
export function structureOf(type: string, fullName: string): string {
  return type === 'Settings' ? `${fullName}Settings` : type;
}

export function fileOf(description: TypeDescription, fullName: string): string {
  return `${description.directory}/${fullName}.${description.suffix}`;
}

/** Position of a type in the order of deployment; children right behind their parents. */
export function deploymentOrder(type: string): number {
  const parent = childDescriptions.get(type)?.parent.name;
  const index = typeDescriptions.findIndex(({ name }) => name === (parent ?? type));
  const child = parent === undefined ? 0 : Object.values(typeDescriptions[index]?.children ?? {}).indexOf(type) + 1;
  return index * 10 + child;
}

/**
 * Full names made from labels (profiles, layouts) carry in percent-encoding what a file name cannot, and what full names
 * use themselves: "Account-Account %28Sales%29 Layout", "Case-Layout 2%2E1".
 */
export function encodeName(label: string): string {
  return label.replace(/__|[^\p{L}\p{N} _-]/gu, (characters) =>
    [...new TextEncoder().encode(characters)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

export function decodeName(fullName: string): string {
  try {
    return decodeURIComponent(fullName);
  } catch {
    return fullName;
  }
}
