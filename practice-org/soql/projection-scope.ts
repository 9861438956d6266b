import type { RowSource } from '../storage/table.ts';
import type { Binder } from './expression.ts';
import type { JsonRecord } from './json-value.ts';
import type { QueryContext } from './query-context.ts';
import type { SelectTree } from './select-tree.ts';

export type RecordReader = (row: number) => JsonRecord;
export type Projection = (scope: ProjectionScope, tree: SelectTree) => RecordReader;

/** What the parts of one record share: its object, its rows and how expressions are read off them. */
export type ProjectionScope = {
  readonly context: QueryContext;
  readonly source: RowSource;
  readonly bind: Binder;
  /** Makes the records nested inside this one: children, and parents chosen by TYPEOF. */
  readonly project: Projection;
};
