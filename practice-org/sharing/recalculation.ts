import { SalesforceError } from '../org/errors.ts';
import type { OrgSettings } from '../org/settings.ts';
import type { EffectiveConfiguration } from './sharing.ts';

export type Effects = Partial<Pick<EffectiveConfiguration, 'models' | 'rules' | 'membership'>>;

export type Recalculation = {
  readonly kind: 'models' | 'rules' | 'membership';
  readonly objects: readonly string[];
  /** Changes of one operation (one deployment) do not lock each other out. */
  readonly operation: number;
  readonly endsAt: number;
  /** What the end of it changes. */
  readonly finish: (effective: EffectiveConfiguration) => Effects;
};

/**
 * "To maintain implicit sharing between accounts and child records, updating the org-wide default on an account or its
 * child objects disables further org-wide default and sharing rule updates on them" (Security Implementation Guide,
 * security_sharing_recalculating_parallel). Accounts, contacts, opportunities and cases recalculate together.
 */
const accountFamily = new Set(['Account', 'Contact', 'Opportunity', 'Case', 'Asset']);

function areRelated(one: string, other: string): boolean {
  return one === other || (accountFamily.has(one) && accountFamily.has(other));
}

function touches(recalculation: Recalculation, objects: readonly string[]): boolean {
  return recalculation.objects.some((one) => objects.some((other) => areRelated(one, other)));
}

/** "You can't modify the org-wide defaults when a sharing rule recalculation for any object is in progress" (same page). */
export function locksModels(running: Recalculation, objects: readonly string[]): boolean {
  if (running.kind === 'rules') return true;
  return running.kind === 'models' && touches(running, objects);
}

/**
 * "Similarly, you can't modify sharing rules when recalculation for an org-wide default update is in progress"; within the
 * Account family a recalculating rule locks the rules of all four objects, elsewhere rules go on in parallel
 * (security_sharing_object_locks).
 */
export function locksRules(running: Recalculation, object: string): boolean {
  if (running.kind === 'models') return touches(running, [object]);
  return running.kind === 'rules' && accountFamily.has(object) && touches(running, [object]);
}

/** The English text is from deployments, the French one from sfdx-hardis; the German one is unverified. */
const lockTexts = {
  en_US:
    "The sharing calculation you requested can't be processed right now, because it interferes with another operation already in progress. Please try again later.",
  fr: 'Le calcul de partage demandé ne peut être traité maintenant car il interfère avec une autre opération en cours',
  de: 'Die angeforderte Freigabeberechnung kann derzeit nicht verarbeitet werden, da sie einen anderen bereits laufenden Vorgang beeinträchtigt. Versuchen Sie es später erneut.',
} as const satisfies Record<OrgSettings['quirks']['language'], string>;

const membershipLockTexts = {
  en_US: 'Group membership operation already in progress',
  fr: "Opération d'appartenance au groupe déjà en cours",
  de: 'Gruppenmitgliedschaftsvorgang wird bereits ausgeführt',
} as const satisfies Record<OrgSettings['quirks']['language'], string>;

export function sharingLock(settings: OrgSettings): SalesforceError {
  return new SalesforceError('UNABLE_TO_LOCK_ROW', lockTexts[settings.quirks.language]);
}

export function membershipLock(settings: OrgSettings): SalesforceError {
  return new SalesforceError('UNABLE_TO_LOCK_ROW', membershipLockTexts[settings.quirks.language]);
}
