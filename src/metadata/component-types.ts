import type { MetadataComponent } from './component.js';

/** Where a type's documents live, as source-deploy-retrieve's registry has it. */
export type ComponentType = {
  readonly directory: string;
  readonly suffix: string;
};

/** A type whose documents are part of a parent's document in metadata format. */
export type ChildType = {
  readonly parent: FileType;
  readonly element: string;
};

export const fileTypes = {
  CustomObject: { directory: 'objects', suffix: 'object' },
  Group: { directory: 'groups', suffix: 'group' },
  Layout: { directory: 'layouts', suffix: 'layout' },
  PermissionSet: { directory: 'permissionsets', suffix: 'permissionset' },
  Profile: { directory: 'profiles', suffix: 'profile' },
  SharingRules: { directory: 'sharingRules', suffix: 'sharingRules' },
} as const satisfies Record<string, ComponentType>;
export type FileType = keyof typeof fileTypes;

export const childTypes = {
  CustomField: { parent: 'CustomObject', element: 'fields' },
  SharingCriteriaRule: { parent: 'SharingRules', element: 'sharingCriteriaRules' },
} as const satisfies Record<string, ChildType>;
export type ChildTypeName = keyof typeof childTypes;

export function isFileType(type: string): type is FileType {
  return type in fileTypes;
}

export function isChildType(type: string): type is ChildTypeName {
  return type in childTypes;
}

/** "Account.Send_to_HubSpot__c" → Account and Send_to_HubSpot__c. */
export function splitFullName(fullName: string): { readonly parent: string; readonly name: string } {
  const dot = fullName.indexOf('.');
  return { parent: fullName.slice(0, dot), name: fullName.slice(dot + 1) };
}

export function unknownType(component: Pick<MetadataComponent, 'type'>): RangeError {
  return new RangeError(`Components of type ${component.type} have no document here`);
}
