import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { Expression, Query, SelectItem } from './ast.ts';
import { aggregateFunctions, type Binder } from './expression.ts';
import { resolveField, type Hop, type Origin, type ResolvedField } from './field-resolution.ts';
import { malformedQuery, queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';

export type ParentNode = { readonly kind: 'parent'; readonly hop: Hop; readonly children: SelectTree };
export type TypeofItem = Extract<SelectItem, { kind: 'typeof' }>;

export type SelectNode =
  | { readonly kind: 'field'; readonly key: string; readonly field: FieldDefinition }
  | { readonly kind: 'function'; readonly key: string; readonly expression: Expression; readonly name: string }
  | { readonly kind: 'recordAccess'; readonly fields: readonly string[] }
  | { readonly kind: 'children'; readonly query: Query }
  | { readonly kind: 'typeof'; readonly item: TypeofItem }
  | ParentNode;

/** What a record shows, in the order of the SELECT list; a parent stands where its first field was named. */
export type SelectTree = Map<string, SelectNode>;

const selectFunctions = new Set(['TOLABEL', 'FORMAT', 'CONVERTCURRENCY']);
const recordAccessFields = new Map(
  [
    'RecordId',
    'HasReadAccess',
    'HasEditAccess',
    'HasDeleteAccess',
    'HasTransferAccess',
    'HasAllAccess',
    'MaxAccessLevel',
  ].map((name) => [name.toLowerCase(), name]),
);

export function selectTree(context: QueryContext, query: Query, origin: Origin, bind: Binder): SelectTree {
  const tree: SelectTree = new Map();
  for (const item of query.select) addItem(context, query, origin, bind, tree, item);
  return tree;
}

function addItem(
  context: QueryContext,
  query: Query,
  origin: Origin,
  bind: Binder,
  tree: SelectTree,
  item: SelectItem,
): void {
  switch (item.kind) {
    case 'subquery':
      tree.set(`(${item.query.from.names.join('.').toLowerCase()})`, { kind: 'children', query: item.query });
      return;
    case 'typeof':
      tree.set(`typeof ${item.relationship.names.join('.').toLowerCase()}`, { kind: 'typeof', item });
      return;
    case 'fieldSet':
      addFieldSet(context, query, origin, tree, item);
      return;
    case 'expression':
      if (item.expression.kind === 'field' && item.alias !== null) {
        throw malformedQuery('only aggregate expressions use field aliasing');
      }
      addExpression(context, origin, bind, tree, item.expression, item.alias);
  }
}

function addFieldSet(
  context: QueryContext,
  query: Query,
  { object }: Origin,
  tree: SelectTree,
  { fieldSet }: Extract<SelectItem, { kind: 'fieldSet' }>,
): void {
  if (fieldSet !== 'STANDARD' && (query.limit === null || query.limit > 200)) {
    throw malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  for (const field of object.fields.values()) {
    const belongs = fieldSet === 'ALL' || field.custom === (fieldSet === 'CUSTOM');
    if (belongs && context.field(object, field.name)) addField(tree, { hops: [], field, object, offset: 0 });
  }
}

function addExpression(
  context: QueryContext,
  origin: Origin,
  bind: Binder,
  tree: SelectTree,
  expression: Expression,
  alias: string | null,
): void {
  if (expression.kind === 'call') {
    addFunction(bind, tree, expression, alias);
    return;
  }
  if (addRecordAccess(context, origin, tree, expression.names)) return;
  addField(tree, resolveField(context, origin, expression));
}

function addFunction(
  bind: Binder,
  tree: SelectTree,
  expression: Extract<Expression, { kind: 'call' }>,
  alias: string | null,
): void {
  if (aggregateFunctions.has(expression.name))
    throw malformedQuery('Aggregate functions need to be the only thing selected or grouped');
  const { field } = bind(expression);
  if (!selectFunctions.has(expression.name)) {
    throw malformedQuery(`Field must be grouped or aggregated: ${field?.name ?? expression.name}`);
  }
  const key = alias ?? field?.name ?? expression.name;
  tree.set(key.toLowerCase(), { kind: 'function', key, expression, name: expression.name });
}

function addField(tree: SelectTree, resolved: ResolvedField): void {
  let level = tree;
  for (const hop of resolved.hops) level = parentLevel(level, hop);
  const key = resolved.field.name.toLowerCase();
  if (level.has(key)) throw duplicateField(resolved);
  level.set(key, { kind: 'field', key: resolved.field.name, field: resolved.field });
}

function parentLevel(level: SelectTree, hop: Hop): SelectTree {
  // Prefixed, because a lookup and its parent never share a key with a plain field in a record.
  const key = `>${hop.relationship.toLowerCase()}`;
  const known = level.get(key);
  if (known?.kind === 'parent') return known.children;
  const node: ParentNode = { kind: 'parent', hop, children: new Map() };
  level.set(key, node);
  return node.children;
}

function duplicateField({ field, hops }: ResolvedField): Error {
  const path = [...hops.map((hop) => hop.relationship), field.name].join('.');
  return malformedQuery(`duplicate field selected: ${path}`);
}

/** UserRecordAccess of the running user, as a field of the record itself (Object Reference, UserRecordAccess, API 30). */
function addRecordAccess(
  context: QueryContext,
  { object, alias }: Origin,
  tree: SelectTree,
  names: readonly string[],
): boolean {
  const own = names[0]?.toLowerCase() === alias?.toLowerCase() ? names.slice(1) : names;
  const [relationship, fieldName] = own;
  if (own.length !== 2 || relationship?.toLowerCase() !== 'userrecordaccess' || !isShared(object)) return false;
  const field = recordAccessFields.get(fieldName?.toLowerCase() ?? '');
  if (!field) {
    const message = 'Can select only RecordId, a Has*Access field, and MaxAccessLevel';
    throw queryError(context.text, 0, 'INVALID_FIELD', message);
  }
  const known = tree.get('>userrecordaccess');
  const fields = known?.kind === 'recordAccess' ? known.fields : [];
  tree.set('>userrecordaccess', { kind: 'recordAccess', fields: [...fields, field] });
  return true;
}

function isShared(object: ObjectDefinition): boolean {
  return object.permissionable;
}
