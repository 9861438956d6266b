/** Organization-wide defaults as values: what must move when an object becomes Private. */

export type Models = {
  readonly internal: string;
  /** Null where external defaults are switched off. */ readonly external: string | null;
};

/**
 * Objects whose default cannot stay more open than Private once the key object is Private. Account Private asks for
 * Opportunity and Case Private and for Contact Private or Controlled by Parent
 * (deployments refuse it with "… is not a valid sharing model for … when Account sharing model is Private").
 */
const mustFollow = {
  Account: ['Contact', 'Opportunity', 'Case'],
} as const satisfies Record<string, readonly string[]>;

/** Objects that change together with these, and lock each other while sharing is recalculated. */
const accountFamily: readonly string[] = ['Account', 'Contact', 'Opportunity', 'Case', 'Asset', 'Contract', 'Order'];

const privateModels = (current: Models): Models => ({
  internal: 'Private',
  external: current.external === null ? null : 'Private',
});

export function familyOf(sobject: string): string {
  return accountFamily.includes(sobject) ? 'Account' : sobject;
}

export function followersOf(sobject: string): readonly string[] {
  return sobject === 'Account' ? mustFollow.Account : [];
}

export function isPrivate(models: Models): boolean {
  return models.internal === 'Private' && (models.external === null || models.external === 'Private');
}

export type ModelChange = {
  readonly sobject: string;
  readonly before: Models;
  readonly after: Models;
  /** The shared object that drags this one along; null where it was asked for itself. */
  readonly because: string | null;
};

/**
 * What the defaults must become so that exactly `shared` are filtered by their flags. `current` holds the declared models
 * of the shared objects and of everything that may have to follow.
 */
export function modelChanges(shared: readonly string[], current: ReadonlyMap<string, Models>): readonly ModelChange[] {
  const changes = new Map<string, ModelChange>();
  const add = (sobject: string, because: string | null): void => {
    const before = current.get(sobject);
    if (before === undefined || isPrivate(before) || changes.has(sobject)) return;
    changes.set(sobject, { sobject, before, after: privateModels(before), because });
  };
  for (const sobject of shared) add(sobject, null);
  for (const sobject of shared) {
    for (const follower of followersOf(sobject)) {
      // Controlled by Parent is as narrow as its parent: only a flag of its own moves it.
      if (current.get(follower)?.internal !== 'ControlledByParent') add(follower, sobject);
    }
  }
  return [...changes.values()];
}

/** Least level an Account rule may give on a related object: never below that object's default (platform: accountSettings). */
export function relatedLevel(model: string | undefined, wanted: 'None' | 'Read' | 'Edit'): 'None' | 'Read' | 'Edit' {
  const rank = { None: 0, Read: 1, Edit: 2 } as const;
  const floor = leastLevel(model);
  return rank[floor] > rank[wanted] ? floor : wanted;
}

function leastLevel(model: string | undefined): 'None' | 'Read' | 'Edit' {
  switch (model) {
    case 'Read':
      return 'Read';
    case 'ReadWrite':
    case 'ReadWriteTransfer':
      return 'Edit';
    default:
      return 'None';
  }
}
