import type { MetadataComponent, XmlElement } from './component.js';
import { booleanOf, rowOf, rowsOf, textOf, textsOf, type MetadataRow } from './reading.js';

export type RuleAccess = 'Read' | 'Edit';
export type AccountSettings = {
  readonly caseAccessLevel: string;
  readonly contactAccessLevel: string;
  readonly opportunityAccessLevel: string;
};

export type CriteriaItem = { readonly field: string; readonly operation: string; readonly value: string };
/** With whom a rule shares: "group HubSpot_Integration", "role CEO", "allInternalUsers". */
export type SharedTo = { readonly kind: string; readonly name: string };

export type CriteriaRule = {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly accessLevel: string;
  /** Demanded on Account, refused on every other object. */
  readonly accountSettings: AccountSettings | null;
  readonly sharedTo: readonly SharedTo[];
  readonly booleanFilter: string | null;
  readonly criteria: readonly CriteriaItem[];
  /** Fixed once the rule is saved: another value means delete and create. */
  readonly includeRecordsOwnedByAll: boolean;
};

export type FlagRule = {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly access: RuleAccess;
  readonly accountSettings: AccountSettings | null;
  readonly group: string;
  readonly flagField: string;
};

/** The rule that shares what is flagged, and nothing else, with one group; records of system users included. */
export function flagRule(rule: FlagRule): CriteriaRule {
  return {
    object: rule.object,
    name: rule.name,
    label: rule.label,
    description: rule.description,
    accessLevel: rule.access,
    accountSettings: rule.accountSettings,
    sharedTo: [{ kind: 'group', name: rule.group }],
    booleanFilter: null,
    // Real orgs write a checkbox criterion "True", with a capital letter.
    criteria: [{ field: rule.flagField, operation: 'equals', value: 'True' }],
    includeRecordsOwnedByAll: true,
  };
}

/** Children in the order in which Salesforce writes a criteria rule. */
export function criteriaRule(rule: CriteriaRule): MetadataComponent {
  const body: XmlElement = {
    accessLevel: rule.accessLevel,
    ...(rule.accountSettings === null ? {} : { accountSettings: { ...rule.accountSettings } }),
    ...(rule.description === null ? {} : { description: rule.description }),
    label: rule.label,
    sharedTo: sharedToElement(rule.sharedTo),
    ...(rule.booleanFilter === null ? {} : { booleanFilter: rule.booleanFilter }),
    criteriaItems: rule.criteria.map(({ field, operation, value }) => ({ field, operation, value })),
    includeRecordsOwnedByAll: rule.includeRecordsOwnedByAll,
  };
  return { type: 'SharingCriteriaRule', fullName: `${rule.object}.${rule.name}`, body };
}

export function parseCriteriaRule(object: string, row: MetadataRow): CriteriaRule {
  const fullName = textOf(row, 'fullName') ?? '';
  const settings = rowOf(row, 'accountSettings');
  return {
    object,
    // readMetadata answers "Account.Rule", a document holds "Rule".
    name: fullName.slice(fullName.lastIndexOf('.') + 1),
    label: textOf(row, 'label') ?? '',
    description: textOf(row, 'description'),
    accessLevel: textOf(row, 'accessLevel') ?? '',
    accountSettings: settings === null ? null : parseAccountSettings(settings),
    sharedTo: parseSharedTo(rowOf(row, 'sharedTo') ?? {}),
    booleanFilter: textOf(row, 'booleanFilter'),
    criteria: rowsOf(row, 'criteriaItems').map(parseCriteriaItem),
    includeRecordsOwnedByAll: booleanOf(row, 'includeRecordsOwnedByAll'),
  };
}

/** All rules of one object, from its SharingRules. */
export function parseSharingRules(object: string, row: MetadataRow): readonly CriteriaRule[] {
  return rowsOf(row, 'sharingCriteriaRules').map((rule) => parseCriteriaRule(object, rule));
}

export type RulePart = Exclude<keyof CriteriaRule, 'object' | 'name'>;

/** The parts in which two rules differ in meaning; label and description count, order and the spelling of booleans do not. */
export function ruleDifferences(actual: CriteriaRule, wanted: CriteriaRule): readonly RulePart[] {
  const parts: Readonly<Record<RulePart, (rule: CriteriaRule) => string>> = {
    label: (rule) => rule.label,
    description: (rule) => (rule.description ?? '').replaceAll(/\s+/g, ' ').trim(),
    accessLevel: (rule) => rule.accessLevel,
    accountSettings: (rule) => accountSettingsText(rule.accountSettings),
    sharedTo: (rule) =>
      rule.sharedTo
        .map(({ kind, name }) => `${kind} ${name}`.toLowerCase())
        .sort()
        .join(),
    booleanFilter: (rule) => (rule.booleanFilter ?? '').replaceAll(/\s+/g, '').toLowerCase(),
    criteria: (rule) => rule.criteria.map(criterionText).join(' and '),
    includeRecordsOwnedByAll: (rule) => String(rule.includeRecordsOwnedByAll),
  };
  return Object.entries(parts)
    .filter(([, text]) => text(actual) !== text(wanted))
    .map(([part]) => part as RulePart);
}

/** Salesforce does not let these change on a saved rule: it must be deleted and made again. */
export function needsRecreation(differences: readonly RulePart[]): boolean {
  return differences.includes('sharedTo') || differences.includes('includeRecordsOwnedByAll');
}

function accountSettingsText(settings: AccountSettings | null): string {
  if (settings === null) return '';
  return [settings.caseAccessLevel, settings.contactAccessLevel, settings.opportunityAccessLevel].join();
}

function criterionText({ field, operation, value }: CriteriaItem): string {
  const meaning = /^(true|1)$/i.test(value) ? 'true' : value;
  return `${field.toLowerCase()} ${operation} ${meaning}`;
}

function sharedToElement(sharedTo: readonly SharedTo[]): XmlElement {
  const kinds = [...new Set(sharedTo.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => [kind, sharedTo.filter((target) => target.kind === kind).map(({ name }) => name)]),
  );
}

function parseSharedTo(row: MetadataRow): readonly SharedTo[] {
  return Object.keys(row)
    .filter((kind) => /^[a-z]\w*$/i.test(kind))
    .flatMap((kind) => textsOf(row, kind).map((name) => ({ kind, name })));
}

function parseAccountSettings(row: MetadataRow): AccountSettings {
  return {
    caseAccessLevel: textOf(row, 'caseAccessLevel') ?? 'None',
    contactAccessLevel: textOf(row, 'contactAccessLevel') ?? 'None',
    opportunityAccessLevel: textOf(row, 'opportunityAccessLevel') ?? 'None',
  };
}

function parseCriteriaItem(row: MetadataRow): CriteriaItem {
  return {
    field: textOf(row, 'field') ?? '',
    operation: textOf(row, 'operation') ?? '',
    value: textOf(row, 'value') ?? '',
  };
}
