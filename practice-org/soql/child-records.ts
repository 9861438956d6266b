import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Query } from './ast.ts';
import { isAggregate } from './expression.ts';
import type { JsonReader, JsonRecord } from './json-value.ts';
import { compileOrder, firstInOrder, type RowOrder } from './ordering.ts';
import type { ProjectionScope } from './projection-scope.ts';
import { malformedQuery, queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';
import { selectRows, windowOf, type Selection } from './row-selection.ts';
import { selectTree } from './select-tree.ts';

type Relationship = { readonly name: string; readonly child: ObjectDefinition; readonly lookup: string };

/** A subquery in SELECT: the rows that point to this one, as a query result of their own; null where there are none. */
export function childRecords(
  { context, source, project }: ProjectionScope,
  query: Query,
): readonly [key: string, read: JsonReader] {
  const relationship = relationshipOf(context, source.object, query);
  if (
    query.select.some((item) => item.kind === 'expression' && isAggregate(item.expression)) ||
    query.groupBy.length > 0
  ) {
    throw malformedQuery('only root queries support aggregate expressions');
  }
  const origin = { object: relationship.child, alias: query.alias };
  const selection = selectRows(context, query, origin);
  const read = project(
    { context, source: selection.source, bind: selection.bind, project },
    selectTree(context, query, origin, selection.bind),
  );
  const rowsOf = rowsByParent(context, query, selection, relationship.lookup);
  const readId = source.reader('Id');
  return [relationship.name, (row) => subqueryResult(rowsOf(String(readId(row))), read)];
}

function subqueryResult(rows: readonly number[], read: (row: number) => JsonRecord): JsonRecord | null {
  return rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(read) };
}

function relationshipOf(context: QueryContext, parent: ObjectDefinition, { from }: Query): Relationship {
  const wanted = from.names.at(-1)?.toLowerCase();
  for (const { relationshipName, childObject, field } of context.org.schema.childRelationships(parent.name)) {
    if (relationshipName.toLowerCase() !== wanted) continue;
    const child = context.org.schema.object(childObject);
    if (child && context.isReadable(child) && context.field(child, field)) {
      return { name: relationshipName, child, lookup: field };
    }
  }
  throw queryError(
    context.text,
    from.offset,
    'INVALID_TYPE',
    `Didn't understand relationship '${from.names.at(-1) ?? ''}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** Children of each parent, found by one pass over all matching children when the first record is read. */
function rowsByParent(
  context: QueryContext,
  query: Query,
  selection: Selection,
  lookup: string,
): (parentId: string) => readonly number[] {
  const { offset, limit } = windowOf(query);
  const order = query.orderBy.length > 0 ? compileOrder(context, selection.bind, query.orderBy) : undefined;
  let byParent: ReadonlyMap<string, readonly number[]> | undefined;
  return (parentId) => {
    byParent ??= groupByParent(selection, lookup);
    return windowed(byParent.get(parentId) ?? [], order, offset, limit);
  };
}

function windowed(
  rows: readonly number[],
  order: RowOrder | undefined,
  offset: number,
  limit: number,
): readonly number[] {
  const ordered = order ? firstInOrder(rows, order, offset + limit) : rows;
  return ordered.slice(offset, offset + limit);
}

function groupByParent(selection: Selection, lookup: string): ReadonlyMap<string, readonly number[]> {
  const readParent = selection.source.reader(lookup);
  const groups = new Map<string, number[]>();
  for (const row of selection.rows()) {
    const parent = readParent(row);
    if (typeof parent !== 'string') continue;
    const group = groups.get(parent);
    if (group) group.push(row);
    else groups.set(parent, [row]);
  }
  return groups;
}
