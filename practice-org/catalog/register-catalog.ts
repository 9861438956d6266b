import type { PracticeOrg } from '../org/practice-org.ts';
import { customField, customFields, customObject, customObjects } from './customizations.ts';
import { entityDefinition, entityDefinitions } from './entity-definition.ts';
import { entityParticle, entityParticles } from './entity-particle.ts';
import { fieldDefinition, fieldDefinitions } from './field-definition.ts';

/** Stored objects that the Tooling API shows as well. */
const alsoTooling = [
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetGroup',
  'Group',
  'UserRole',
  'Organization',
  'AsyncApexJob',
] as const;

/** Adds the objects that describe the org itself; their rows are made from the schema at every query. */
export function registerCatalog(org: PracticeOrg): void {
  const { schema, computed } = org;
  for (const object of [entityDefinition, fieldDefinition, entityParticle, customField, customObject]) {
    schema.putObject(object);
  }
  for (const name of alsoTooling) {
    const object = schema.object(name);
    if (object) schema.putObject({ ...object, api: 'both' });
  }
  computed.set('entitydefinition', (caller) => entityDefinitions(org, caller));
  computed.set('fielddefinition', (caller, hints) => fieldDefinitions(org, caller, hints));
  computed.set('entityparticle', (caller, hints) => entityParticles(org, caller, hints));
  computed.set('customfield', () => customFields(org));
  computed.set('customobject', () => customObjects(org));
}
