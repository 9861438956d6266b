import type { ObjectDefinition } from '../schema/definitions.ts';
import { resourceNotFound } from '../server/error-reply.ts';
import type { ApiCall } from './api-call.ts';

/** The object of a path, under its own spelling. An object that is unknown or closed to the caller does not exist for REST. */
export function pathObject(call: ApiCall, name: string): ObjectDefinition {
  const { org } = call.services;
  const definition = org.schema.object(name);
  if (definition === undefined) throw resourceNotFound();
  const tooling = call.path.includes('/tooling/');
  if (definition.api === 'tooling' && !tooling) throw resourceNotFound();
  return definition;
}
