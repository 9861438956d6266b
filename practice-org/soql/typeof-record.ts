import type { ObjectDefinition } from '../schema/definitions.ts';
import type { FieldPath } from './ast.ts';
import { rowBinder } from './expression.ts';
import { parentFinder, parentTargets, type ParentTarget } from './field-reader.ts';
import { resolveField, type Hop, type Origin } from './field-resolution.ts';
import type { JsonReader } from './json-value.ts';
import type { ProjectionScope } from './projection-scope.ts';
import { selectTree, type TypeofItem } from './select-tree.ts';

/** TYPEOF Owner WHEN User THEN … ELSE … END: other fields for each kind of parent. */
export function typeofRecord(scope: ProjectionScope, item: TypeofItem): readonly [key: string, read: JsonReader] {
  const { context, source } = scope;
  const hop = hopOf(scope, item.relationship);
  const targets = parentTargets(context, hop);
  const find = parentFinder(source, hop, targets);
  const branches = item.branches.map(({ object, fields, offset }) => ({
    object: context.queriedObject(object, offset),
    fields,
  }));
  const readers = new Map(
    targets.map((target) => {
      const branch = branches.find(({ object }) => object.name === target.object.name);
      return [target, branchReader(scope, target, branch?.fields ?? item.otherwise)];
    }),
  );
  const read: JsonReader = (row) => {
    const parent = find(row);
    return parent ? (readers.get(parent.target)?.(parent.row) ?? null) : null;
  };
  return [hop.relationship, read];
}

function hopOf({ context, source }: ProjectionScope, relationship: FieldPath): Hop {
  const idOfParent: FieldPath = { ...relationship, names: [...relationship.names, 'Id'] };
  const [hop] = resolveField(context, originOf(source.object), idOfParent).hops;
  if (!hop) throw new Error('A path with two names has a hop');
  return hop;
}

function originOf(object: ObjectDefinition): Origin {
  return { object, alias: null };
}

function branchReader(
  { context, project }: ProjectionScope,
  target: ParentTarget,
  fields: readonly FieldPath[],
): JsonReader {
  const { source, visible } = target;
  const origin = originOf(source.object);
  const bind = rowBinder(context, origin, source);
  const select = fields.map((expression) => ({ kind: 'expression', expression, alias: null }) as const);
  const from: FieldPath = { kind: 'field', names: [source.object.name], offset: 0 };
  const query = { ...emptyQuery, from, select };
  const read = project({ context, source, bind, project }, selectTree(context, query, origin, bind));
  return (row) => (visible.all || visible.has(row) ? read(row) : null);
}

const emptyQuery = {
  alias: null,
  scope: null,
  where: null,
  groupBy: [],
  having: null,
  orderBy: [],
  limit: null,
  offset: null,
} as const;
