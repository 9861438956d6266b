/** Where an object keeps its shares (Object Reference, "…Share"; custom objects: "MyObject__Share"). */
export type ShareColumns = {
  readonly shareObject: string;
  /** Column with the record's Id. */
  readonly record: string;
  /** Relationship to the record. */
  readonly parent: string;
};

export function shareColumns(sobject: string): ShareColumns {
  return sobject.endsWith('__c')
    ? { shareObject: sobject.replace(/__c$/, '__Share'), record: 'ParentId', parent: 'Parent' }
    : { shareObject: `${sobject}Share`, record: `${sobject}Id`, parent: sobject };
}
