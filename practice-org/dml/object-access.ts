import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';

type Operation = 'create' | 'edit' | 'delete';

/** The object as this caller knows it. */
export function knownObject(org: PracticeOrg, caller: Caller, name: string): ObjectDefinition {
  const definition = org.schema.object(name);
  if (!definition || !isVisible(org, caller, definition)) throw unsupportedType(name);
  return definition;
}

function isVisible(org: PracticeOrg, caller: Caller, definition: ObjectDefinition): boolean {
  return caller.system === true || org.access.objectAccess(caller.userId, definition.name).read;
}

function unsupportedType(name: string): SalesforceError {
  return new SalesforceError(
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function assertAllowed(
  org: PracticeOrg,
  caller: Caller,
  definition: ObjectDefinition,
  operation: Operation,
): void {
  if (caller.system) return;
  if (!supports(definition, operation)) throw unsupportedOperation(definition, operation);
  if (!org.access.objectAccess(caller.userId, definition.name)[operation]) throw refusal(definition, operation);
}

function supports(definition: ObjectDefinition, operation: Operation): boolean {
  if (operation === 'create') return definition.createable;
  return operation === 'edit' ? definition.updateable : definition.deletable;
}

function unsupportedOperation(definition: ObjectDefinition, operation: Operation): SalesforceError {
  if (operation === 'create') return cannotBeInserted(definition);
  const verb = operation === 'edit' ? 'update' : 'delete';
  return new SalesforceError('INVALID_TYPE_FOR_OPERATION', `entity type ${definition.name} does not support ${verb}`);
}

function cannotBeInserted(definition: ObjectDefinition): SalesforceError {
  return new SalesforceError(
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    `entity type cannot be inserted: ${definition.label}`,
  );
}

function refusal(definition: ObjectDefinition, operation: Operation): SalesforceError {
  return operation === 'create' ? cannotBeInserted(definition) : insufficientAccess();
}

export function insufficientAccess(): SalesforceError {
  return new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}
