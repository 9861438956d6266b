/** What the org knows of an object and its fields: the source of describe, SOQL name resolution, DML checks and metadata. */

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'reference'
  | 'address'
  | 'location'
  | 'base64'
  | 'encryptedstring'
  | 'anyType'
  | 'complexvalue';

export type PicklistValue = {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly isDefault: boolean;
};

export type FieldDefinition = {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters, for text types; 0 otherwise. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  /** A FieldPermissions row may exist for it (Object Reference, FieldPermissions). */
  readonly permissionable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly caseSensitive: boolean;
  readonly defaultValue: string | number | boolean | null;
  readonly picklistValues: readonly PicklistValue[];
  readonly restrictedPicklist: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly masterDetail: boolean;
  /** Name of the compound this is a part of ("BillingAddress" for BillingCity). */
  readonly compoundFieldName: string | null;
  readonly nameField: boolean;
  readonly autoNumber: boolean;
  readonly calculated: boolean;
  readonly formula: string | null;
  readonly custom: boolean;
  readonly description: string | null;
  /** Data classification as FieldDefinition shows it. */
  readonly securityClassification: string | null;
  readonly complianceGroup: string | null;
  /** Metadata API details that describe does not show but a retrieve must return (for custom fields). */
  readonly metadata: Readonly<Record<string, unknown>> | null;
};

export type ObjectDefinition = {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly queryable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  /** Setup objects never share a transaction with data rows (MIXED_DML). */
  readonly setup: boolean;
  /** Only reachable through the Tooling API. EntityDefinition and FieldDefinition are reachable through both. */
  readonly api: 'rest' | 'tooling' | 'both';
  /** Object permissions apply (CRM and custom objects); setup objects are governed by system permissions instead. */
  readonly permissionable: boolean;
  /** The object whose object permissions count instead of its own: an order's lines have none, they follow the order. */
  readonly permissionsFollow?: string;
  /** Rows have an owner and a row in the sharing settings. */
  readonly ownerSharing: boolean;
  /** Keyed by lower-case name; iteration order is describe order. */
  readonly fields: ReadonlyMap<string, FieldDefinition>;
  /** Metadata API details of a custom object. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
};

export type ChildRelationship = {
  readonly childObject: string;
  readonly field: string;
  readonly relationshipName: string;
};

export interface Schema {
  object(name: string): ObjectDefinition | undefined;
  objects(): Iterable<ObjectDefinition>;
  field(object: string, field: string): FieldDefinition | undefined;
  childRelationships(object: string): readonly ChildRelationship[];
  /** Changes go through the store's journal, so that a rolled-back deployment leaves no trace. */
  putObject(definition: ObjectDefinition): void;
  removeObject(name: string): void;
  putField(object: string, definition: FieldDefinition): void;
  removeField(object: string, field: string): void;
}
