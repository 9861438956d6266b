import type { RowSet } from '../access/access.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { RowSource, Value } from '../storage/table.ts';
import { parentType, type Hop } from './field-resolution.ts';
import type { QueryContext } from './query-context.ts';

export type Reader = (row: number) => Value;

/** One possible parent object of a lookup. */
export type ParentTarget = { readonly object: ObjectDefinition; readonly source: RowSource; readonly visible: RowSet };

/** Finds the parent of a row; undefined where the lookup is empty or points to a deleted row. */
type ParentFinder = (row: number) => { readonly target: ParentTarget; readonly row: number } | undefined;

export function parentTargets(context: QueryContext, hop: Hop): readonly ParentTarget[] {
  return hop.targets.map((object) => ({
    object,
    source: context.source(object),
    visible: context.visible(object),
  }));
}

export function parentFinder(source: RowSource, hop: Hop, targets: readonly ParentTarget[]): ParentFinder {
  const readReference = source.reader(hop.reference.name);
  return (row) => {
    const id = readReference(row);
    if (typeof id !== 'string' || id === '') return undefined;
    for (const target of targets) {
      const parentRow = target.source.rowOf(id);
      if (parentRow !== undefined) return { target, row: parentRow };
    }
    return undefined;
  };
}

/** A lookup shows the related record's name even to somebody who may not see that record (help, "Lookup relationships"). */
export function isShownOnLookup(field: FieldDefinition): boolean {
  return field.nameField || field.type === 'id' || field === parentType;
}

export function fieldReader(
  context: QueryContext,
  source: RowSource,
  hops: readonly Hop[],
  field: FieldDefinition,
): Reader {
  const [hop, ...rest] = hops;
  if (!hop) return ownReader(context, source, field);
  const targets = parentTargets(context, hop);
  const find = parentFinder(source, hop, targets);
  const readers = new Map(targets.map((target) => [target, visibleReader(context, target, rest, field)]));
  return (row) => {
    const parent = find(row);
    return parent ? (readers.get(parent.target)?.(parent.row) ?? null) : null;
  };
}

function visibleReader(
  context: QueryContext,
  target: ParentTarget,
  rest: readonly Hop[],
  field: FieldDefinition,
): Reader {
  const canContinue = rest[0] === undefined || target.object.fields.has(rest[0].reference.name.toLowerCase());
  if (!canContinue) return () => null;
  const read = fieldReader(context, target.source, rest, field);
  const { visible } = target;
  if (visible.all || (rest.length === 0 && isShownOnLookup(field))) return read;
  return (row) => (visible.has(row) ? read(row) : null);
}

function ownReader(context: QueryContext, source: RowSource, field: FieldDefinition): Reader {
  if (field === parentType) return () => source.object.name;
  const own = context.field(source.object, field.name);
  return own ? source.reader(own.name) : () => null;
}
