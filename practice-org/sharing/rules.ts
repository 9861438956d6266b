import { SalesforceError } from '../org/errors.ts';
import type { OrgSettings } from '../org/settings.ts';
import type { Membership } from './membership.ts';
import { modelLabels } from './models.ts';
import type { AccountSettings, SharedTo, SharingModel, SharingRule } from './sharing.ts';

/** Limits per object (Salesforce Help, security_sharing_rules_create). */
const maximumRules = 300;
const maximumCriteriaRules = 50;

/** Salesforce Help lists these; custom objects take all kinds, Product2 takes guest rules only. */
const standardRuleObjects = new Set([
  'Account',
  'Asset',
  'Campaign',
  'Case',
  'Contact',
  'Individual',
  'Lead',
  'Opportunity',
  'Order',
  'ServiceAppointment',
  'User',
  'WorkOrder',
]);
const professionalCriteriaObjects = new Set(['Account', 'Asset', 'Campaign', 'Contact']);

type RuleSurroundings = {
  readonly settings: OrgSettings;
  readonly membership: Membership;
  /** The model asked for of any object. */
  readonly modelOf: (object: string) => SharingModel;
  readonly rules: readonly SharingRule[];
};

function refuse(message: string): never {
  throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', message);
}

export type RuleIdentity = Pick<SharingRule, 'object' | 'kind' | 'fullName'>;

/** Real orgs have a criteria rule and an owner rule of one name on the same object. */
export function isSameRule(one: RuleIdentity, other: RuleIdentity): boolean {
  const sameName = one.fullName.toLowerCase() === other.fullName.toLowerCase();
  return sameName && one.object === other.object && one.kind === other.kind;
}

/** Whether two rules select and share the same: a new label alone starts no recalculation. */
export function meansTheSame(one: SharingRule, other: SharingRule): boolean {
  const meaning = (rule: SharingRule) => JSON.stringify({ ...rule, label: '', description: '' });
  return meaning(one) === meaning(other);
}

/** Refuses a rule that the platform would refuse. */
export function checkRule(rule: SharingRule, surroundings: RuleSurroundings): void {
  checkObject(rule, surroundings);
  checkModelOfObject(rule, surroundings.modelOf(rule.object));
  checkSharedTo(rule.sharedTo, surroundings.membership);
  if (rule.sharedFrom) checkSharedTo(rule.sharedFrom, surroundings.membership);
  checkAccountSettings(rule, surroundings);
  const before = surroundings.rules.find((other) => isSameRule(rule, other));
  if (before) checkEdit(before, rule);
  else checkLimits(rule, surroundings.rules);
}

function checkObject({ object, kind }: SharingRule, { settings }: RuleSurroundings): void {
  const supported =
    standardRuleObjects.has(object) || object.endsWith('__c') || (object === 'Product2' && kind === 'guest');
  const isPaidFor =
    settings.quirks.edition === 'enterprise' || kind !== 'criteria' || professionalCriteriaObjects.has(object);
  if (!supported || !isPaidFor) refuse('Not available for deploy for this organization');
}

/** Rules only add to Private and Public Read Only; guests start from nothing whatever the default is. */
function checkModelOfObject({ object, kind }: SharingRule, { internal }: SharingModel): void {
  if (kind === 'guest' || internal === 'Private' || internal === 'Read') return;
  refuse(`not supported for object ${object} since its org wide default is '${modelLabels[internal]}'`);
}

function checkSharedTo(to: SharedTo, membership: Membership): void {
  if (!('name' in to)) return;
  if (to.kind === 'guestUser' && to.name === '') refuse("Specify a guest user's nickname for the guestUser field");
  if (membership.principalId(to) === undefined) refuse(`sharedTo not allowed:${to.kind} - ${to.name}`);
}

const accessRank: Readonly<Record<string, number>> = { None: 0, Read: 1, Edit: 2 };
const childSettings: ReadonlyArray<readonly [keyof AccountSettings, string]> = [
  ['caseAccessLevel', 'Case'],
  ['contactAccessLevel', 'Contact'],
  ['opportunityAccessLevel', 'Opportunity'],
];

function checkAccountSettings({ object, accountSettings }: SharingRule, { modelOf }: RuleSurroundings): void {
  if (object !== 'Account') return;
  if (!accountSettings) refuse('AccountSettings is required for account sharing rules');
  for (const [setting, child] of childSettings) {
    const given = accessRank[accountSettings[setting]];
    if (given === undefined) refuse(`Invalid access level: ${accountSettings[setting]}`);
    if (given < leastAccess(modelOf(child))) refuse(`${child} access level below organization default`);
  }
}

/** Under "Controlled by Parent" any level is taken, and has no effect. */
function leastAccess({ internal }: SharingModel): number {
  if (internal === 'Read') return 1;
  return internal === 'ReadWrite' || internal === 'ReadWriteTransfer' ? 2 : 0;
}

/**
 * What a saved rule does not let be changed (Security Implementation Guide, security_sharing_rules_criteria and
 * platform-sharing-rules-generate); the deployment's own text is unverified.
 */
function checkEdit(before: SharingRule, after: SharingRule): void {
  const principals = (rule: SharingRule) => JSON.stringify([rule.sharedTo, rule.sharedFrom]).toLowerCase();
  if (principals(before) !== principals(after)) {
    refuse("Once a sharing rule has been saved, you can't change the Share with field settings");
  }
  if (before.includeRecordsOwnedByAll !== after.includeRecordsOwnedByAll) {
    refuse("includeRecordsOwnedByAll can't be edited after you save the rule");
  }
}

function checkLimits(rule: SharingRule, rules: readonly SharingRule[]): void {
  const ofObject = rules.filter(({ object }) => object === rule.object);
  const byCriteria = ofObject.filter(({ kind }) => kind !== 'owner');
  if (rule.kind !== 'owner' && byCriteria.length >= maximumCriteriaRules)
    refuse(limitText(rule, maximumCriteriaRules, 'criteria-based sharing rules'));
  if (ofObject.length >= maximumRules) refuse(limitText(rule, maximumRules, 'sharing rules'));
}

function limitText({ object }: SharingRule, maximum: number, what: string): string {
  return `You've reached the maximum of ${maximum} ${what} for ${object}`;
}
