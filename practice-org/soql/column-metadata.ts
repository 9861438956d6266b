import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { AggregateColumn } from './aggregation.ts';
import type { Query } from './ast.ts';
import { familyOf } from './operand.ts';
import type { JsonRecord } from './json-value.ts';
import type { SelectNode, SelectTree } from './select-tree.ts';

/** The answer to `query?…&columns=true`, from which the CLI lays out its tables. */
export type ColumnMetadata = {
  readonly columnMetadata: readonly JsonRecord[];
  readonly entityName: string;
  readonly groupBy: boolean;
  readonly idSelected: boolean;
  readonly keyPrefix: string | null;
};

const apexTypes: Partial<Record<FieldDefinition['type'], string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  base64: 'Blob',
};

type Column = {
  readonly columnName: string;
  readonly displayName?: string;
  readonly aggregate?: boolean;
  readonly apexType: string | null;
  readonly type?: FieldDefinition['type'];
  readonly field?: FieldDefinition;
  readonly foreignKeyName?: string;
  readonly joinColumns?: readonly JsonRecord[];
};

function column(given: Column): JsonRecord {
  const { type, field } = given;
  const family = type && familyOf(type);
  return {
    aggregate: given.aggregate ?? false,
    apexType: given.apexType,
    booleanType: family === 'boolean',
    columnName: given.columnName,
    custom: field?.custom ?? false,
    displayName: given.displayName ?? given.columnName,
    foreignKeyName: given.foreignKeyName ?? null,
    insertable: field?.createable ?? false,
    joinColumns: given.joinColumns ?? [],
    numberType: family === 'number',
    textType: family === 'text' || family === 'multipicklist' || family === 'id',
    updatable: field?.updateable ?? false,
  };
}

function fieldColumn(field: FieldDefinition): JsonRecord {
  return column({ columnName: field.name, apexType: apexTypes[field.type] ?? 'String', type: field.type, field });
}

function nodeColumns(node: SelectNode): readonly JsonRecord[] {
  switch (node.kind) {
    case 'field':
      return [fieldColumn(node.field)];
    case 'function':
      return [column({ columnName: node.key, apexType: 'String', type: 'string' })];
    case 'parent':
      return [
        column({
          columnName: node.hop.relationship,
          apexType: node.hop.reference.referenceTo.length > 1 ? 'Name' : (node.hop.targets[0]?.name ?? null),
          foreignKeyName: node.hop.relationship,
          joinColumns: treeColumns(node.children),
        }),
      ];
    case 'recordAccess':
      return [
        column({
          columnName: 'UserRecordAccess',
          apexType: 'UserRecordAccess',
          foreignKeyName: 'UserRecordAccess',
          joinColumns: node.fields.map((name) => column({ columnName: name, apexType: 'String', type: 'string' })),
        }),
      ];
    case 'children':
      return [subqueryColumn(node.query)];
    case 'typeof':
      return [column({ columnName: node.item.relationship.names.join('.'), apexType: null })];
  }
}

function subqueryColumn(query: Query): JsonRecord {
  const joinColumns = query.select.flatMap((item) =>
    item.kind === 'expression' && item.expression.kind === 'field'
      ? [column({ columnName: item.expression.names.join('.'), apexType: 'String', type: 'string' })]
      : [],
  );
  return column({ columnName: query.from.names.at(-1) ?? '', apexType: null, aggregate: true, joinColumns });
}

function treeColumns(tree: SelectTree): readonly JsonRecord[] {
  return [...tree.values()].flatMap(nodeColumns);
}

export function recordColumns(object: ObjectDefinition, tree: SelectTree): ColumnMetadata {
  return {
    columnMetadata: treeColumns(tree),
    entityName: object.name,
    groupBy: false,
    idSelected: tree.get('id')?.kind === 'field',
    keyPrefix: object.keyPrefix,
  };
}

export function aggregateColumnMetadata(
  object: ObjectDefinition,
  columns: readonly AggregateColumn[],
  isGrouped: boolean,
): ColumnMetadata {
  return {
    columnMetadata: columns.map(({ key, bound: { path, type }, isFunction }) =>
      column({
        columnName: key,
        displayName: isFunction ? path : key,
        aggregate: isFunction,
        apexType: apexTypes[type] ?? 'String',
        type,
      }),
    ),
    entityName: object.name,
    groupBy: isGrouped,
    idSelected: false,
    keyPrefix: object.keyPrefix,
  };
}
