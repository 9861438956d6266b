import type { PracticeOrg } from '../../org/practice-org.ts';
import type { ObjectDefinition } from '../../schema/definitions.ts';
import { compileBooleanFilter } from '../../sharing/boolean-filter.ts';
import { readMembership } from '../../sharing/read-membership.ts';
import { checkRule } from '../../sharing/rules.ts';
import type { AccountSettings, SharingModel, SharingRule } from '../../sharing/sharing.ts';
import { ComponentError } from '../component-error.ts';
import { child, compact, flag, positionOf, text, type Document } from '../document.ts';
import type { ComponentType, Deployment } from './component-type.ts';
import { criteriaItems } from './criteria-items.ts';
import { requirePermission } from './permissions-of-deployer.ts';
import { decodeSharedTo, encodeSharedTo } from './shared-to.ts';

export const ruleKinds = {
  SharingCriteriaRule: 'criteria',
  SharingGuestRule: 'guest',
  SharingOwnerRule: 'owner',
} as const satisfies Readonly<Record<string, SharingRule['kind']>>;
export type RuleTypeName = keyof typeof ruleKinds;

const maximumName = 80;
const maximumDescription = 1000;

/** One kind of sharing rule. Deploying adds or changes the rules that are named and leaves all others alone. */
export function sharingRuleType(org: PracticeOrg, name: RuleTypeName): ComponentType {
  const kind = ruleKinds[name];
  const find = (fullName: string) => findRule(org.sharing.declared.rules, fullName, kind);
  return {
    name,
    names: () =>
      org.sharing.declared.rules.filter((rule) => rule.kind === kind).map((rule) => `${rule.object}.${rule.fullName}`),
    read(fullName) {
      const rule = find(fullName);
      return rule === undefined ? undefined : encodeRule(org, rule);
    },
    deploy(fullName, document, deployment) {
      requirePermission(org, deployment, 'ManageSharing');
      const rule = decodeRule(org, name, fullName, document);
      const before = findRule(deployment.sharing.rules(rule.object), fullName, kind);
      validate(org, rule, deployment);
      if (before !== undefined && JSON.stringify(before) === JSON.stringify(rule)) return 'unchanged';
      deployment.sharing.putRule(rule);
      return before === undefined ? 'created' : 'changed';
    },
    remove(fullName, deployment) {
      requirePermission(org, deployment, 'ManageSharing');
      const rule = find(fullName);
      if (rule !== undefined) deployment.sharing.removeRule(rule);
    },
  };
}

function findRule(rules: readonly SharingRule[], fullName: string, kind: SharingRule['kind']): SharingRule | undefined {
  return rules.find(
    (rule) => rule.kind === kind && `${rule.object}.${rule.fullName}`.toLowerCase() === fullName.toLowerCase(),
  );
}

function validate(org: PracticeOrg, rule: SharingRule, deployment: Deployment): void {
  const models = deployment.sharing.modelsForRules;
  checkRule(rule, {
    settings: org.settings,
    membership: readMembership(org.store),
    modelOf: (object): SharingModel => models.get(object) ?? org.sharing.declaredModel(object),
    rules: deployment.sharing.rules(rule.object),
  });
}

function ruleObject(org: PracticeOrg, fullName: string): ObjectDefinition {
  const name = fullName.slice(0, fullName.indexOf('.'));
  const object = org.schema.object(name);
  if (object === undefined) throw new ComponentError(`Entity of type 'CustomObject' named '${name}' cannot be found`);
  return object;
}

function decodeRule(org: PracticeOrg, type: RuleTypeName, fullName: string, document: Document): SharingRule {
  const object = ruleObject(org, fullName);
  const items = criteriaItems(org, object, document);
  const kind = ruleKinds[type];
  if (kind !== 'owner' && items.length === 0) {
    throw new ComponentError('Required field is missing: criteriaItems', positionOf(document));
  }
  const booleanFilter = text(document, 'booleanFilter') ?? null;
  compileBooleanFilter(
    booleanFilter,
    items.map(() => () => true),
  );
  const sharedFrom = child(document, 'sharedFrom');
  return {
    kind,
    object: object.name,
    fullName: limited(document, 'fullName', maximumName),
    label: limited(document, 'label', maximumName),
    description:
      text(document, 'description') === undefined ? null : limited(document, 'description', maximumDescription),
    accessLevel: accessLevel(document, kind),
    accountSettings: accountSettings(object, document),
    sharedTo: decodeSharedTo(child(document, 'sharedTo') ?? {}),
    sharedFrom: sharedFrom === undefined ? null : decodeSharedTo(sharedFrom),
    booleanFilter,
    criteriaItems: items,
    includeRecordsOwnedByAll: flag(document, 'includeRecordsOwnedByAll') ?? kind === 'criteria',
    includeHVUOwnedRecords: flag(document, 'includeHVUOwnedRecords') ?? false,
  };
}

function limited(document: Document, element: string, maximum: number): string {
  const value = text(document, element) ?? '';
  if (value.length > maximum) {
    throw new ComponentError(`Value too long for field: ${element} maximum length is:${maximum}`, positionOf(document));
  }
  return value;
}

function accessLevel(document: Document, kind: SharingRule['kind']): SharingRule['accessLevel'] {
  const level = text(document, 'accessLevel') ?? '';
  if (kind === 'guest') {
    if (level === 'Read') return level;
    throw new ComponentError(
      `'${level}' is not a valid value for the enum 'ShareAccessLevelRead'`,
      positionOf(document),
    );
  }
  if (level === 'Read' || level === 'Edit') return level;
  if (level === 'All') {
    throw new ComponentError(
      'Access level All (Campaign) is not implemented by the practice org',
      positionOf(document),
    );
  }
  throw new ComponentError(
    `'${level}' is not a valid value for the enum 'ShareAccessLevelReadEdit'`,
    positionOf(document),
  );
}

/** The settings are about the children of an account; no source shows how a rule of another object is refused for them. */
function accountSettings(object: ObjectDefinition, document: Document): AccountSettings | null {
  const settings = child(document, 'accountSettings');
  if (settings === undefined) return null;
  if (object.name !== 'Account') {
    throw new ComponentError('AccountSettings is only allowed for account sharing rules', positionOf(settings));
  }
  return {
    caseAccessLevel: text(settings, 'caseAccessLevel') ?? '',
    contactAccessLevel: text(settings, 'contactAccessLevel') ?? '',
    opportunityAccessLevel: text(settings, 'opportunityAccessLevel') ?? '',
  };
}

function encodeRule(org: PracticeOrg, rule: SharingRule): Document {
  return compact({
    fullName: rule.fullName,
    accessLevel: rule.accessLevel,
    accountSettings: rule.accountSettings === null ? null : encodeAccountSettings(org, rule.accountSettings),
    description: rule.description,
    label: rule.label,
    sharedTo: encodeSharedTo(rule.sharedTo),
    sharedFrom: rule.sharedFrom === null ? null : encodeSharedTo(rule.sharedFrom),
    booleanFilter: rule.booleanFilter,
    criteriaItems: rule.criteriaItems.map((item) => ({ ...item, value: criteriaValue(org, rule.object, item) })),
    ...(rule.kind === 'criteria' ? { includeRecordsOwnedByAll: rule.includeRecordsOwnedByAll } : {}),
    ...(rule.kind === 'guest' ? { includeHVUOwnedRecords: rule.includeHVUOwnedRecords } : {}),
  });
}

/** Checkboxes are written "True" and "False", however they were deployed; files of real orgs keep a "1". */
function criteriaValue(org: PracticeOrg, object: string, item: SharingRule['criteriaItems'][number]): string {
  if (org.schema.field(object, item.field)?.type !== 'boolean') return item.value;
  if (/^true$/i.test(item.value)) return 'True';
  return /^false$/i.test(item.value) ? 'False' : item.value;
}

/** Where contacts are controlled by their account no level of their own is offered: they follow the account's read access. */
function encodeAccountSettings(org: PracticeOrg, settings: AccountSettings): Document {
  const controlled = org.sharing.declaredModel('Contact').internal === 'ControlledByParent';
  const { caseAccessLevel, contactAccessLevel, opportunityAccessLevel } = settings;
  return { caseAccessLevel, contactAccessLevel: controlled ? 'Read' : contactAccessLevel, opportunityAccessLevel };
}
