import { descriptionLengths, isOwned, writeOwnership } from '../../definition/ownership.js';
import {
  criteriaRule,
  flagRule,
  needsRecreation,
  ruleDifferences,
  type AccountSettings,
  type CriteriaRule,
} from '../../metadata/sharing-rule.js';
import type { Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { accessProbe } from './access-probe.js';
import { startingModels } from './flag-field.js';
import { familyOf, relatedLevel, type Models } from './sharing-models.js';
import { modelsAfter, plannedModels } from './sharing-models-plan.js';
import type { SharedState, ShareState } from './state.js';
import { texts } from './texts.js';

/** Criteria-based rules an object may have, and rules of all kinds (Help, "Create Sharing Rules"). */
const criteriaRuleLimit = 50;
const ruleLimit = 300;

const accessLevels = { read: 'Read', edit: 'Edit' } as const;
const levels = { none: 'None', read: 'Read', edit: 'Edit' } as const;

export function ruleChanges(state: ShareState): readonly Change[] {
  return state.shared.flatMap((object) => changesFor(state, object));
}

export function ruleFindings(state: ShareState): readonly Finding[] {
  return state.shared.flatMap((object) => [...existingRuleFindings(state, object), ...relatedFindings(state, object)]);
}

/** Our rule as the org has it. */
export function existingRule(state: ShareState, object: SharedState): CriteriaRule | null {
  const name = state.names.rule.toLowerCase();
  return object.rules.criteria.find((rule) => rule.name.toLowerCase() === name) ?? null;
}

function changesFor(state: ShareState, object: SharedState): readonly Change[] {
  const existing = existingRule(state, object);
  const wanted = withDescriptionOf(existing, wantedRule(state, object, modelsAfter(state)));
  const base = {
    type: 'SharingCriteriaRule',
    name: `${object.name}.${state.names.rule}`,
    integration: state.integration,
    gate: { kind: 'ruleEffective', sobject: object.name, probe: accessProbe(state, object.name) },
    after: ruleText(wanted),
  } as const;
  const deploy = { kind: 'deploy', component: criteriaRule(wanted) } as const;
  if (existing === null) {
    const create: Change = { ...base, action: 'create', phase: 'rules', effect: deploy };
    return canComeFirst(state, object) ? earlyChanges(state, object, create) : [create];
  }
  const differences = ruleDifferences(existing, comparable(existing, wanted, state));
  const before = ruleText(existing);
  const isFence = mustFollowDefault(state, object);
  if (differences.length === 0 && !isFence)
    return [{ ...base, action: 'create', phase: 'rules', effect: { kind: 'none' } }];
  if (!needsRecreation(differences) && !isFence)
    return [{ ...base, action: 'update', phase: 'rules', effect: deploy, before }];
  const { gate, ...retired } = base;
  return [
    {
      ...retired,
      action: 'delete',
      phase: 'retiredRules',
      effect: { kind: 'destroy', type: base.type, fullName: base.name },
      before,
      message: isFence ? texts.text('rule.fence') : texts.text('rule.recreated', [differences.join(', ')]),
    },
    { ...base, gate, action: 'create', phase: 'rules', effect: deploy },
  ];
}

/** The description keeps the defaults that the first run found. */
function withDescriptionOf(existing: CriteriaRule | null, wanted: CriteriaRule): CriteriaRule {
  return existing === null ? wanted : { ...wanted, description: existing.description };
}

/**
 * A default that closes again beside a rule that exists: where the user reads nothing yet it can't be measured when the default
 * is in effect, and an org may show it long before. Made again, the rule waits behind the lock of the recalculation, and
 * with it the access that follows; nobody is cut off by that.
 */
function mustFollowDefault(state: ShareState, object: SharedState): boolean {
  const moves = plannedModels(state).some(({ sobject }) => familyOf(sobject) === familyOf(object.name));
  return moves && !object.userReads;
}

/**
 * From Public Read Only a user that reads already goes on reading while the default moves; from Read/Write a rule is not
 * possible yet. Where nobody can be cut off the rule comes after the default: the lock of its recalculation then holds back
 * everything that follows until the default is in effect.
 */
function canComeFirst(state: ShareState, object: SharedState): boolean {
  return (
    object.userReads &&
    object.models?.internal === 'Read' &&
    plannedModels(state).some(({ sobject }) => sobject === object.name)
  );
}

/** Levels on related objects cannot be below their defaults: as long as those are public, the early rule is wider than the final one. */
function earlyChanges(state: ShareState, object: SharedState, final: Change): readonly Change[] {
  const early = wantedRule(state, object, state.models);
  const same = ruleText(early) === final.after;
  if (same) return [{ ...final, phase: 'earlyRules' }];
  return [
    {
      ...final,
      name: texts.text('rule.early', [final.name]),
      phase: 'earlyRules',
      effect: { kind: 'deploy', component: criteriaRule(early) },
      after: ruleText(early),
    },
    final,
  ];
}

function wantedRule(state: ShareState, object: SharedState, models: ReadonlyMap<string, Models>): CriteriaRule {
  const { names, integration } = state;
  const remembered =
    isOwned(object.flag?.description, integration) || object.flag === null ? [] : startingModels(state, object);
  return flagRule({
    object: object.name,
    name: names.rule,
    label: names.ruleLabel,
    description: writeOwnership(
      texts.text('rule.description', [integration]),
      integration,
      descriptionLengths.SharingCriteriaRule,
      remembered,
    ),
    access: accessLevels[object.request.access],
    accountSettings: object.name === 'Account' ? accountSettings(object, models) : null,
    group: names.group,
    flagField: names.flagField,
  });
}

function accountSettings({ request }: SharedState, models: ReadonlyMap<string, Models>): AccountSettings {
  const level = (related: 'Contact' | 'Opportunity' | 'Case'): string =>
    relatedLevel(models.get(related)?.internal, levels[request.related[related] ?? 'none']);
  return {
    caseAccessLevel: level('Case'),
    contactAccessLevel: level('Contact'),
    opportunityAccessLevel: level('Opportunity'),
  };
}

/**
 * What the org may write differently without meaning it: the Contact level, which has none under Controlled by Parent, and
 * the description, which keeps the defaults of the first run.
 */
function comparable(existing: CriteriaRule, wanted: CriteriaRule, state: ShareState): CriteriaRule {
  const contactFollows = modelsAfter(state).get('Contact')?.internal === 'ControlledByParent';
  const { accountSettings: settings } = wanted;
  const contactAccessLevel = existing.accountSettings?.contactAccessLevel ?? 'None';
  return {
    ...wanted,
    description: existing.description,
    label: existing.label,
    accountSettings: settings !== null && contactFollows ? { ...settings, contactAccessLevel } : settings,
  };
}

function existingRuleFindings(state: ShareState, object: SharedState): readonly Finding[] {
  const name = `${object.name}.${state.names.rule}`;
  const existing = existingRule(state, object);
  if (existing !== null) {
    return isOwned(existing.description, state.integration)
      ? []
      : [texts.finding('error', 'RuleNotOwned', name, [name])];
  }
  const { criteria, all } = object.rules;
  if (criteria.length >= criteriaRuleLimit) {
    return [
      texts.finding('error', 'TooManyCriteriaRules', object.name, [object.name, criteria.length, criteriaRuleLimit]),
    ];
  }
  return all.length >= ruleLimit
    ? [texts.finding('error', 'TooManyRules', object.name, [object.name, all.length, ruleLimit])]
    : [];
}

/** Levels that the definition names but the defaults make impossible. */
function relatedFindings(state: ShareState, object: SharedState): readonly Finding[] {
  if (object.name !== 'Account') return [];
  const contact = modelsAfter(state).get('Contact')?.internal;
  const wanted = object.request.related;
  if (contact === 'ControlledByParent' && wanted.Contact === 'none') {
    return [texts.finding('error', 'ContactFollowsAccount', 'Contact')];
  }
  return contact === 'ControlledByParent' ? [texts.note('ContactsComeWithAccounts', 'Contact')] : [];
}

function ruleText(rule: CriteriaRule): string {
  const target = rule.sharedTo.map(({ kind, name }) => (name === '' ? kind : `${kind} ${name}`)).join(', ');
  const criteria = rule.criteria.map(({ field, operation, value }) => `${field} ${operation} ${value}`).join(', ');
  const settings = rule.accountSettings;
  const related =
    settings === null
      ? ''
      : `; Contact ${settings.contactAccessLevel}, Opportunity ${settings.opportunityAccessLevel}, Case ${settings.caseAccessLevel}`;
  return `${rule.accessLevel} to ${target} where ${criteria}${related}`;
}
