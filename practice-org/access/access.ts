/** Which rows a user sees. `all` short-cuts View All, public defaults and objects without sharing. */
export interface RowSet {
  readonly all: boolean;
  has(row: number): boolean;
  /** Live rows in the set. */
  count(): number;
}

export type ObjectAccess = {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAllRecords: boolean;
  readonly modifyAllRecords: boolean;
  readonly viewAllFields: boolean;
};
export type FieldAccess = { readonly read: boolean; readonly edit: boolean };
export type AccessLevel = 'None' | 'Read' | 'Edit' | 'Transfer' | 'Delete' | 'All';
export type RecordAccess = {
  readonly hasReadAccess: boolean;
  readonly hasEditAccess: boolean;
  readonly hasDeleteAccess: boolean;
  readonly hasTransferAccess: boolean;
  readonly hasAllAccess: boolean;
  readonly maxAccessLevel: AccessLevel;
};

/** What follows from licences, permissions, ownership and sharing, always by the configuration that is *effective* now. */
export interface AccessEngine {
  systemPermission(userId: string, name: string): boolean;
  objectAccess(userId: string, object: string): ObjectAccess;
  fieldAccess(userId: string, object: string, field: string): FieldAccess;
  visibleRows(userId: string, object: string): RowSet;
  editableRows(userId: string, object: string): RowSet;
  recordAccess(userId: string, object: string, row: number): RecordAccess;
}
