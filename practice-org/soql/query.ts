import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { aggregate, isAggregateQuery, isCount } from './aggregation.ts';
import type { Query } from './ast.ts';
import { aggregateColumnMetadata, recordColumns, type ColumnMetadata } from './column-metadata.ts';
import type { JsonRecord } from './json-value.ts';
import { parseSoql } from './parser.ts';
import { recordReader } from './projection.ts';
import { malformedQuery } from './query-error.ts';
import { QueryContext, type QueryOptions } from './query-context.ts';
import { checkReifiedSize, checkRestrictions, ignoresLimit } from './restricted-objects.ts';
import { orderedRows, selectRows, windowOf, type Selection } from './row-selection.ts';
import { selectTree, type SelectTree } from './select-tree.ts';

export interface QueryResult {
  readonly object: ObjectDefinition;
  /** What REST calls totalSize: the number of rows found, also where there are no records to show: COUNT(). */
  readonly totalSize: number;
  /** Records that can be read with `record`. */
  readonly size: number;
  /** One record as REST writes it, made when asked for. */
  record(index: number): JsonRecord;
  columnMetadata(): ColumnMetadata;
}

/** Runs a query as its caller: what they may not see is not there. Throws SalesforceErrors only. */
export function runQuery(org: PracticeOrg, caller: Caller, soql: string, options: QueryOptions = {}): QueryResult {
  const context = new QueryContext(org, caller, soql, options);
  const parsed = parseSoql(soql);
  const object = context.queriedObject(parsed.from.names.join('.'), parsed.from.offset);
  checkRestrictions(object, parsed);
  const query = ignoresLimit(object) ? { ...parsed, limit: null, offset: null } : parsed;
  const selection = selectRows(context, query, { object, alias: query.alias });
  if (isCount(query)) return countResult(context, query, selection);
  return isAggregateQuery(query) ? aggregateResult(context, query, selection) : recordResult(context, query, selection);
}

function countResult(context: QueryContext, query: Query, selection: Selection): QueryResult {
  const { object } = selection.origin;
  const { offset, limit } = windowOf(query);
  const counted = selection.matches === null && !selection.visible.all && !context.allRows;
  const found = counted ? selection.visible.count() : countRows(selection.rows(), offset + limit);
  return {
    object,
    totalSize: Math.max(0, Math.min(found - offset, limit)),
    size: 0,
    record: noRecord,
    columnMetadata: () => aggregateColumnMetadata(object, [], false),
  };
}

function noRecord(): never {
  throw new RangeError('A count has no records');
}

function countRows(rows: Iterable<number>, enough: number): number {
  const iterator = rows[Symbol.iterator]();
  let count = 0;
  while (count < enough && iterator.next().done !== true) count++;
  return count;
}

function aggregateResult(context: QueryContext, query: Query, selection: Selection): QueryResult {
  const { object } = selection.origin;
  const { columns, records } = aggregate(context, query, selection);
  return {
    object,
    totalSize: records.length,
    size: records.length,
    record: (index) => at(records, index),
    columnMetadata: () => aggregateColumnMetadata(object, columns, query.groupBy.length > 0),
  };
}

function recordResult(context: QueryContext, query: Query, selection: Selection): QueryResult {
  const { source, bind, origin } = selection;
  const tree = selectTree(context, query, origin, bind);
  const read = recordReader({ context, source, bind, project: recordReader }, tree);
  const rows = orderedRows(context, query, selection);
  checkReifiedSize(origin.object, rows.length);
  checkMetadataRows(context, tree, rows.length);
  return {
    object: origin.object,
    totalSize: rows.length,
    size: rows.length,
    record: (index) => read(at(rows, index)),
    columnMetadata: () => recordColumns(origin.object, tree),
  };
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`No record ${index}`);
  return item;
}

/** The Tooling API makes metadata for one row at a time only. */
function checkMetadataRows(context: QueryContext, tree: SelectTree, rows: number): void {
  if (!context.tooling || rows <= 1 || !(tree.has('metadata') || tree.has('fullname'))) return;
  throw malformedQuery(
    `When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ${rows}`,
  );
}
