import { SalesforceError } from '../org/errors.ts';
import type { PracticeOrg } from '../org/practice-org.ts';
import { checkModels, isControlledByParent, opensUp, type Models } from './models.ts';
import { writeOrganizationDefaults } from './organization-defaults.ts';
import { followsParent, parentObject } from './parents.ts';
import { readMembership } from './read-membership.ts';
import { locksModels, locksRules, membershipLock, sharingLock } from './recalculation.ts';
import { checkRule, isSameRule, meansTheSame, type RuleIdentity } from './rules.ts';
import type { SharedTo, Sharing, SharingModel, SharingRule } from './sharing.ts';
import { createSharingState } from './sharing-state.ts';

const openModel: SharingModel = { internal: 'ReadWrite', external: 'ReadWrite' };
const followingModel: SharingModel = { internal: 'ControlledByParent', external: 'ControlledByParent' };

export function createSharing(org: Pick<PracticeOrg, 'settings' | 'clock' | 'schema' | 'store'>): Sharing {
  const { settings, clock, schema, store } = org;
  const { current, change, applied, start, others, together } = createSharingState(org);

  function canonical(object: string): string {
    return schema.object(object)?.name ?? object;
  }

  function modelIn(models: Models, object: string): SharingModel {
    const name = canonical(object);
    const found = models.get(name);
    if (found) return found;
    return followsParent(schema, name) ? followingModel : openModel;
  }

  /** A model controlled by a parent shows what the parent's is: EntityDefinition reports the effective value. */
  function resolved(models: Models, object: string, depth = 0): SharingModel {
    const model = modelIn(models, object);
    const parent = parentObject(schema, object);
    if (!isControlledByParent(model.internal) || parent === undefined || depth > 3) return model;
    return resolved(models, parent, depth + 1);
  }

  function setModels(wanted: Models): void {
    const { declared } = current();
    const changes = changedModels(declared.models, wanted);
    if (changes.size === 0) return;
    const objects = [...changes.keys()];
    const models = new Map([...declared.models, ...changes]);
    checkModels(models, objects, schema, settings);
    if (others().some((running) => locksModels(running, objects))) throw sharingLock(settings);
    change({ declared: { models, rules: declared.rules.filter((rule) => !isGivenUp(rule, changes)) } });
    takeEffect(changes, declared.models);
    writeOrganizationDefaults(store, models);
  }

  function changedModels(before: Models, wanted: Models): Map<string, SharingModel> {
    const changes = new Map<string, SharingModel>();
    for (const [object, { internal, external }] of wanted) {
      const name = canonical(object);
      const next =
        settings.quirks['external-sharing'] === 'off' ? { internal, external: internal } : { internal, external };
      const known = before.get(name);
      if (known?.internal !== next.internal || known.external !== next.external) changes.set(name, next);
    }
    return changes;
  }

  /** "Any → Controlled by Parent: existing sharing rules are deleted" (platform-sharing-owd-configure). */
  function isGivenUp(rule: SharingRule, changes: Models): boolean {
    return isControlledByParent(changes.get(rule.object)?.internal ?? 'Private');
  }

  function takeEffect(changes: Models, before: Models): void {
    const atOnce = new Map([...changes].filter(([object, model]) => takesEffectAtOnce(before.get(object), model)));
    if (atOnce.size > 0) change(applied({ models: new Map([...current().effective.models, ...atOnce]) }, clock.now()));
    start('models', [...changes.keys()], ({ models, rules }) => ({
      models: new Map([...models, ...changes]),
      rules: rules.filter((rule) => !isGivenUp(rule, changes)),
    }));
  }

  /** A new object has no rows whose access could be recalculated. */
  function takesEffectAtOnce(before: SharingModel | undefined, after: SharingModel): boolean {
    return before === undefined || opensUp(before, after);
  }

  function putRule(given: SharingRule): void {
    const rule = { ...given, object: canonical(given.object) };
    const { declared } = current();
    const membership = readMembership(store);
    const modelOf = (object: string) => modelIn(declared.models, object);
    const before = declared.rules.find((other) => isSameRule(rule, other));
    if (before && JSON.stringify(before) === JSON.stringify(rule)) return;
    checkRule(rule, { settings, membership, modelOf, rules: declared.rules });
    const recalculates = !before || !meansTheSame(before, rule);
    if (recalculates) requireRulesUnlocked(rule.object);
    change({ declared: { ...declared, rules: replaceRule(declared.rules, rule) } });
    if (recalculates) start('rules', [rule.object], ({ rules }) => ({ rules: replaceRule(rules, rule) }));
  }

  function requireRulesUnlocked(object: string): void {
    if (others().some((running) => locksRules(running, object))) throw sharingLock(settings);
  }

  function removeRule(given: RuleIdentity): void {
    const removed = { ...given, object: canonical(given.object) };
    const { declared } = current();
    if (!declared.rules.some((rule) => isSameRule(rule, removed))) {
      throw new SalesforceError(
        'INVALID_CROSS_REFERENCE_KEY',
        `No SharingRules named: ${given.object}.${given.fullName} found`,
      );
    }
    requireRulesUnlocked(removed.object);
    const without = (rules: readonly SharingRule[]) => rules.filter((rule) => !isSameRule(rule, removed));
    change({ declared: { ...declared, rules: without(declared.rules) } });
    start('rules', [removed.object], ({ rules }) => ({ rules: without(rules) }));
  }

  function membershipChanged(): void {
    const before = current().membership;
    const membership = readMembership(store);
    if (membership.signature === before.signature) return;
    change({ membership });
    start('membership', [], () => ({ membership }));
  }

  return {
    get declared() {
      return current().declared;
    },
    get effective() {
      return current().effective;
    },
    get restrictionRules() {
      return current().restrictionRules;
    },
    setModels,
    putRule,
    removeRule,
    putRestrictionRule(rule) {
      const others = current().restrictionRules.filter(({ fullName }) => fullName !== rule.fullName);
      change({ restrictionRules: [...others, rule] });
    },
    removeRestrictionRule(name) {
      change({ restrictionRules: current().restrictionRules.filter(({ fullName }) => fullName !== name) });
    },
    membershipChanged,
    requireMembershipUnlocked() {
      if (others().some(({ kind }) => kind === 'models')) throw membershipLock(settings);
    },
    principalDeleted(principal) {
      const using = current().declared.rules.filter(
        ({ sharedTo, sharedFrom }) => names(sharedTo, principal) || (sharedFrom && names(sharedFrom, principal)),
      );
      together(() => using.forEach(removeRule));
    },
    together,
    declaredModel: (object) => modelIn(current().declared.models, object),
    reportedModel: (object) => resolved(reportedModels(), object),
    recalculating: () => current().running.length > 0,
    settle() {
      const membership = readMembership(store);
      writeOrganizationDefaults(store, current().declared.models);
      change({ ...applied({ ...current().declared, membership }, clock.now()), membership, running: [] });
    },
  };

  /**
   * The value flips at once, with the access, or late: one survey saw it cached for half a minute to a minute after a
   * deployment, which is here one more recalculation's time.
   */
  function reportedModels(): Models {
    const { declared, effective, modelHistory } = current();
    switch (settings.quirks['entity-definition']) {
      case 'instant':
        return declared.models;
      case 'with-access':
        return effective.models;
      case 'cached': {
        const asOf = clock.now() - Math.max(settings.recalculationMs, shortestCache);
        return modelHistory.findLast(({ from }) => from <= asOf)?.models ?? modelHistory[0]?.models ?? effective.models;
      }
    }
  }
}

/** A role is the same principal with and without its subordinates. */
function names(one: SharedTo, other: SharedTo): boolean {
  const kind = (to: SharedTo) => to.kind.replace(/AndSubordinates(Internal)?$/, '');
  const name = (to: SharedTo) => ('name' in to ? to.name.toLowerCase() : '');
  return kind(one) === kind(other) && name(one) === name(other);
}

const shortestCache = 50;

function replaceRule(rules: readonly SharingRule[], rule: SharingRule): readonly SharingRule[] {
  const at = rules.findIndex((other) => isSameRule(rule, other));
  return at < 0 ? [...rules, rule] : rules.with(at, rule);
}
