import { text } from '../schema/notation.ts';
import type { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { FieldPath } from './ast.ts';
import { queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';

/** A step from a row to its parent over a lookup. */
export type Hop = {
  readonly relationship: string;
  readonly reference: FieldDefinition;
  readonly targets: readonly ObjectDefinition[];
};

export type ResolvedField = {
  readonly hops: readonly Hop[];
  readonly field: FieldDefinition;
  /** The object that has the field; of several possible parents the first that has it. */
  readonly object: ObjectDefinition;
  readonly offset: number;
};

/** FROM of the query a path stands in. */
export type Origin = { readonly object: ObjectDefinition; readonly alias: string | null };

const maximumHops = 5;

/** Fields of the object "Name", which stands for the parents of a polymorphic lookup (Object Reference, Name). */
const polymorphicFields = new Set([
  'alias',
  'email',
  'firstname',
  'id',
  'isactive',
  'lastname',
  'name',
  'phone',
  'profileid',
  'title',
  'username',
  'userroleid',
]);

/** "Type" of the object "Name": which of its objects a polymorphic parent is. */
export const parentType: FieldDefinition = text('Type', 40, 'FSG');

export function canonicalPath({ hops, field }: Pick<ResolvedField, 'hops' | 'field'>): string {
  return [...hops.map((hop) => hop.relationship), field.name].join('.');
}

/** The path without what only names FROM itself: its alias, or the object's own name. */
function relativeNames(origin: Origin, path: FieldPath): readonly string[] {
  const [first = '', ...rest] = path.names;
  if (rest.length === 0) return path.names;
  const name = first.toLowerCase();
  const isAlias = name === origin.alias?.toLowerCase();
  const isOwnName = name === origin.object.name.toLowerCase() && !relationshipField(origin.object, name);
  return isAlias || isOwnName ? rest : path.names;
}

function relationshipField(object: ObjectDefinition, relationship: string): FieldDefinition | undefined {
  const wanted = relationship.toLowerCase();
  for (const field of object.fields.values()) {
    if (field.relationshipName?.toLowerCase() === wanted) return field;
  }
  return undefined;
}

export function resolveField(context: QueryContext, origin: Origin, path: FieldPath): ResolvedField {
  const names = relativeNames(origin, path);
  const fieldName = names.at(-1) ?? '';
  let targets: readonly ObjectDefinition[] = [origin.object];
  const hops: Hop[] = [];
  for (const relationship of names.slice(0, -1)) {
    const hop = resolveHop(context, targets, relationship, path.offset);
    hops.push(hop);
    targets = hop.targets;
  }
  if (hops.length > maximumHops) throw tooManyHops(context, path.offset);
  const found = fieldOfAny(context, targets, fieldName);
  if (!found) throw noSuchColumn(context, targets, fieldName, path.offset);
  return { hops, ...found, offset: path.offset };
}

function resolveHop(
  context: QueryContext,
  owners: readonly ObjectDefinition[],
  relationship: string,
  offset: number,
): Hop {
  for (const owner of owners) {
    const reference = relationshipField(owner, relationship);
    if (!reference || !context.field(owner, reference.name)) continue;
    const targets = reference.referenceTo
      .map((name) => context.org.schema.object(name))
      .filter((target) => target !== undefined)
      .filter((target) => context.isReadable(target));
    if (targets.length > 0) return { relationship: reference.relationshipName ?? relationship, reference, targets };
  }
  throw queryError(
    context.text,
    offset,
    'INVALID_FIELD',
    `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function fieldOfAny(
  context: QueryContext,
  targets: readonly ObjectDefinition[],
  name: string,
): Pick<ResolvedField, 'field' | 'object'> | undefined {
  const [first, ...others] = targets;
  if (first && others.length > 0) {
    if (name.toLowerCase() === 'type') return { field: parentType, object: first };
    if (!polymorphicFields.has(name.toLowerCase())) return undefined;
  }
  for (const object of targets) {
    const field = context.field(object, name);
    if (field) return { field, object };
  }
  return undefined;
}

function noSuchColumn(
  context: QueryContext,
  targets: readonly ObjectDefinition[],
  name: string,
  offset: number,
): SalesforceError {
  const entity = targets.length > 1 ? 'Name' : (targets[0]?.name ?? '');
  return queryError(
    context.text,
    offset,
    'INVALID_FIELD',
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function tooManyHops(context: QueryContext, offset: number): SalesforceError {
  return queryError(
    context.text,
    offset,
    'MALFORMED_QUERY',
    'Relationship paths may not have more than five levels of parent relationships',
  );
}
