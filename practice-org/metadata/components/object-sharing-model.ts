import type { PracticeOrg } from '../../org/practice-org.ts';
import type { SharingModel, SharingModelValue } from '../../sharing/sharing.ts';
import { ComponentError } from '../component-error.ts';
import { positionOf, text, type Document } from '../document.ts';
import type { Deployment } from './component-type.ts';
import { requirePermission } from './permissions-of-deployer.ts';

/** What a document says about an object's organization-wide default. */
type GivenModel = {
  readonly object: string;
  readonly internal: SharingModelValue | undefined;
  readonly external: SharingModelValue | undefined;
};

/** Notes the organization-wide default that a document asks for; true where it differs from the one declared. */
export function planSharingModel(
  org: PracticeOrg,
  fullName: string,
  document: Document,
  deployment: Deployment,
): boolean {
  const given = givenModel(org, fullName, document);
  if (given.internal === undefined && given.external === undefined) return false;
  requirePermission(org, deployment, 'ManageSharing');
  if (given.external !== undefined && isExternalOff(org)) {
    throw new ComponentError('You must have External Sharing Model turned on', positionOf(document));
  }
  const declared = org.sharing.declared.models.get(given.object);
  const wanted = wantedModel(org, given, declared ?? { internal: 'ReadWrite', external: 'Private' });
  if (wanted.internal === declared?.internal && wanted.external === declared.external) return false;
  deployment.sharing.setModel(given.object, wanted);
  return true;
}

function givenModel(org: PracticeOrg, fullName: string, document: Document): GivenModel {
  return {
    object: org.schema.object(fullName)?.name ?? fullName,
    internal: text(document, 'sharingModel') as SharingModelValue | undefined,
    external: text(document, 'externalSharingModel') as SharingModelValue | undefined,
  };
}

function isExternalOff(org: PracticeOrg): boolean {
  return org.settings.quirks['external-sharing'] === 'off';
}

/** Without an external model the one in force stays, but "Controlled by Parent" holds for both or for none. */
function wantedModel(
  org: PracticeOrg,
  { object, internal, external }: GivenModel,
  declared: SharingModel,
): SharingModel {
  const wanted = { internal: internal ?? declared.internal, external: external ?? declared.external };
  const isControlled = wanted.internal === 'ControlledByParent';
  if (external !== undefined || isControlled === (wanted.external === 'ControlledByParent')) return wanted;
  if (isExternalOff(org)) return both(wanted.internal);
  if (!isControlled) return { internal: wanted.internal, external: 'Private' };
  // One survey: a Contact without its external model is silently taken for Private.
  return both(object.endsWith('__c') ? 'ControlledByParent' : 'Private');
}

function both(value: SharingModelValue): SharingModel {
  return { internal: value, external: value };
}
