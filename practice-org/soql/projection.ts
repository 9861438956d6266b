import type { RecordAccess } from '../access/access.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { RowSource } from '../storage/table.ts';
import { childRecords } from './child-records.ts';
import { labelReader } from './expression.ts';
import { parentType } from './field-resolution.ts';
import { isShownOnLookup, parentFinder, parentTargets, type ParentTarget } from './field-reader.ts';
import { jsonReader, type JsonReader, type JsonValue } from './json-value.ts';
import type { QueryContext } from './query-context.ts';
import type { Projection, ProjectionScope, RecordReader } from './projection-scope.ts';
import type { ParentNode, SelectNode } from './select-tree.ts';
import { typeofRecord } from './typeof-record.ts';

type Entry = readonly [key: string, read: JsonReader];

export const recordReader: Projection = (scope, tree) => {
  const entries = [...tree.values()].flatMap((node) => entryOf(scope, node));
  const attributes = attributesReader(scope.context, scope.source);
  return (row) => {
    const record: Record<string, JsonValue> = { attributes: attributes(row) };
    for (const [key, read] of entries) record[key] = read(row);
    return record;
  };
};

function entryOf(scope: ProjectionScope, node: SelectNode): readonly Entry[] {
  switch (node.kind) {
    case 'field':
      return [[node.key, fieldJson(scope.context, scope.source, node)]];
    case 'function':
      return [[node.key, functionReader(scope, node)]];
    case 'recordAccess':
      return [['UserRecordAccess', recordAccessReader(scope, node.fields)]];
    case 'children':
      return [childRecords(scope, node.query)];
    case 'typeof':
      return [typeofRecord(scope, node.item)];
    case 'parent':
      return [[node.hop.relationship, parentReader(scope.context, scope.source, node)]];
  }
}

type FieldNode = Extract<SelectNode, { kind: 'field' }>;

function fieldJson(context: QueryContext, source: RowSource, { field }: FieldNode): JsonReader {
  if (field === parentType) return () => source.object.name;
  const own = context.field(source.object, field.name);
  if (!own) return () => null;
  const isCompound = own.type === 'address' || own.type === 'location';
  return jsonReader(source, own, isCompound ? () => null : source.reader(own.name));
}

function functionReader({ bind }: ProjectionScope, node: Extract<SelectNode, { kind: 'function' }>): JsonReader {
  const bound = bind(node.expression);
  if (node.name === 'TOLABEL') return labelReader(bound);
  if (node.name !== 'FORMAT') return bound.read;
  return (row) => {
    const value = bound.read(row);
    return typeof value === 'number' ? value.toLocaleString('en-US') : value;
  };
}

/** What names a row in its address: rows of reified objects have durable ids, those of UserRecordAccess their record's. */
const namingFields = ['durableid', 'recordid', 'id'];

/** `/services/data/v66.0/sobjects/Account/001…`. */
function attributesReader(context: QueryContext, source: RowSource, typeName = source.object.name): RecordReader {
  const path = sobjectPath(context, source.object);
  const naming = namingFields.map((name) => source.object.fields.get(name)).find((field) => field !== undefined);
  if (!naming) return () => ({ type: typeName });
  const readId = source.reader(naming.name);
  return (row) => ({ type: typeName, url: `${path}/${String(readId(row))}` });
}

function sobjectPath({ caller, tooling }: QueryContext, object: ObjectDefinition): string {
  return `/services/data/v${caller.apiVersion.toFixed(1)}/${tooling ? 'tooling/' : ''}sobjects/${object.name}`;
}

function parentReader(context: QueryContext, source: RowSource, node: ParentNode): JsonReader {
  const targets = parentTargets(context, node.hop);
  const find = parentFinder(source, node.hop, targets);
  const readers = new Map<ParentTarget, JsonReader>();
  const readerOf = (target: ParentTarget): JsonReader => {
    const known = readers.get(target) ?? parentRecordReader(context, node, target);
    readers.set(target, known);
    return known;
  };
  return (row) => {
    const parent = find(row);
    return parent ? readerOf(parent.target)(parent.row) : null;
  };
}

/** The parent of a polymorphic lookup is an object of type "Name"; what the caller may not see of it is left empty. */
function parentRecordReader(context: QueryContext, { hop, children }: ParentNode, target: ParentTarget): JsonReader {
  const { source, visible } = target;
  const attributes = attributesReader(context, source, hop.reference.referenceTo.length > 1 ? 'Name' : undefined);
  const entries = [...children.values()].map((node) => parentEntry(context, target, node));
  return (row) => {
    const record: Record<string, JsonValue> = { attributes: attributes(row) };
    const isVisible = visible.all || visible.has(row);
    for (const { key, read, always } of entries) record[key] = isVisible || always ? read(row) : null;
    return record;
  };
}

type ParentEntry = { readonly key: string; readonly read: JsonReader; readonly always: boolean };

function parentEntry(context: QueryContext, { source }: ParentTarget, node: SelectNode): ParentEntry {
  if (node.kind === 'field') {
    return { key: node.key, read: fieldJson(context, source, node), always: isShownOnLookup(node.field) };
  }
  if (node.kind !== 'parent') throw new Error(`A parent has no ${node.kind}`);
  const hasLookup = source.object.fields.has(node.hop.reference.name.toLowerCase());
  const read = hasLookup ? parentReader(context, source, node) : (): null => null;
  return { key: node.hop.relationship, read, always: false };
}

function recordAccessReader({ context, source }: ProjectionScope, fields: readonly string[]): JsonReader {
  const { org, caller } = context;
  const readId = source.reader('Id');
  return (row) => {
    const access = org.access.recordAccess(caller.userId, source.object.name, row);
    const id = String(readId(row));
    const url = `/services/data/v${caller.apiVersion.toFixed(1)}/sobjects/UserRecordAccess/${id}`;
    return {
      attributes: { type: 'UserRecordAccess', url },
      ...Object.fromEntries(fields.map((field) => [field, recordAccessValue(access, id, field)])),
    };
  };
}

function recordAccessValue(access: RecordAccess, id: string, field: string): JsonValue {
  switch (field) {
    case 'HasReadAccess':
      return access.hasReadAccess;
    case 'HasEditAccess':
      return access.hasEditAccess;
    case 'HasDeleteAccess':
      return access.hasDeleteAccess;
    case 'HasTransferAccess':
      return access.hasTransferAccess;
    case 'HasAllAccess':
      return access.hasAllAccess;
    case 'MaxAccessLevel':
      return access.maxAccessLevel;
    default:
      return id;
  }
}
