/** How an object's share object is called, and its columns. Standard objects spell them out, custom ones do not. */
type ShareColumns = {
  readonly shareObject: string;
  readonly record: string;
  readonly accessLevel: string;
};

export function shareColumns(object: string): ShareColumns {
  if (object.endsWith('__c')) {
    return { shareObject: object.replace(/__c$/, '__Share'), record: 'ParentId', accessLevel: 'AccessLevel' };
  }
  return { shareObject: `${object}Share`, record: `${object}Id`, accessLevel: `${object}AccessLevel` };
}

/** Children of an account whose access an account's owner, share or team member may have besides. */
export const accountChildren = ['Contact', 'Opportunity', 'Case'] as const;
export type AccountChild = (typeof accountChildren)[number];

export function isAccountChild(object: string): object is AccountChild {
  return accountChildren.some((child) => child === object);
}

/** Tables of stored grants besides shares: members of teams, whose columns are named like those of shares. */
export const teamTables: Readonly<Record<string, string>> = {
  Account: 'AccountTeamMember',
  Opportunity: 'OpportunityTeamMember',
};
