import type { FieldDefinition } from '../schema/definitions.ts';
import type { Store, Table, Value } from '../storage/table.ts';
import { compileBooleanFilter } from './boolean-filter.ts';
import type { CriteriaItem, SharingRule } from './sharing.ts';

export type RowPredicate = (row: number) => boolean;
type ValueTest = (value: Value) => boolean;

/** Which rows of the object a rule's criteria select. */
export function compileCriteria(
  rule: Pick<SharingRule, 'criteriaItems' | 'booleanFilter'>,
  table: Table,
  store: Store,
): RowPredicate {
  const items = rule.criteriaItems.map((item) => compileItem(item, table, store));
  return compileBooleanFilter(rule.booleanFilter, items);
}

function compileItem(item: CriteriaItem, table: Table, store: Store): RowPredicate {
  const field = table.object.fields.get(item.field.toLowerCase());
  if (!field) return () => false;
  const read = table.reader(field.name);
  if (item.valueField !== undefined && item.valueField !== '') return compareFields(item, field, read, table);
  const test = compileTest(field, item.operation, literalsOf(item, field, table.object.name, store));
  return (row) => test(read(row));
}

function compareFields(
  item: CriteriaItem,
  field: FieldDefinition,
  read: (row: number) => Value,
  table: Table,
): RowPredicate {
  const otherName = item.valueField?.replace(/^.*\./, '') ?? '';
  const other = table.object.fields.get(otherName.toLowerCase());
  if (!other) return () => false;
  const readOther = table.reader(other.name);
  return (row) => compileTest(field, item.operation, [readOther(row)])(read(row));
}

/** Several values are separated by commas; the text of a record type is its label, not its Id. */
function literalsOf(item: CriteriaItem, field: FieldDefinition, object: string, store: Store): readonly Value[] {
  const texts = item.value.split(',').map((text) => text.trim());
  if (field.name !== 'RecordTypeId') return texts.map((text) => literalOf(text, field));
  return texts.map((text) => recordTypeId(text, object, store) ?? text);
}

function recordTypeId(label: string, object: string, store: Store): Value | undefined {
  if (!store.hasTable('RecordType')) return undefined;
  return store.select('RecordType', { Name: label, SobjectType: object })[0]?.['Id'];
}

const numericTypes = new Set(['int', 'double', 'currency', 'percent']);

function literalOf(text: string, field: FieldDefinition): Value {
  if (text === '') return null;
  if (field.type === 'boolean') return /^(true|1)$/i.test(text);
  if (numericTypes.has(field.type)) return Number(text.replace(/%$/, ''));
  if (field.type === 'date') return isoDate(text);
  if (field.type === 'datetime') return `${isoDate(text)}${/T/.test(text) ? text.slice(10) : 'T00:00:00.000+0000'}`;
  return text;
}

/** Rules hold dates as month/day/year or as year-month-day. */
function isoDate(text: string): string {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text);
  if (!american) return text.slice(0, 10);
  const [, month = '', day = '', year = ''] = american;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function compileTest(field: FieldDefinition, operation: string, literals: readonly Value[]): ValueTest {
  const only = literals.length === 1 ? literals[0] : undefined;
  switch (operation) {
    case 'equals':
      return field.type === 'boolean' ? (value) => (value === true) === only : equalsAny(field, literals);
    case 'notEqual':
      return field.type === 'boolean' ? (value) => (value === true) !== only : not(equalsAny(field, literals));
    case 'lessThan':
      return ordered(literals, (order) => order < 0);
    case 'greaterThan':
      return ordered(literals, (order) => order > 0);
    case 'lessOrEqual':
      return ordered(literals, (order) => order <= 0);
    case 'greaterOrEqual':
      return ordered(literals, (order) => order >= 0);
    case 'contains':
      return textTest(literals, (value, part) => value.includes(part));
    case 'notContain':
      return not(textTest(literals, (value, part) => value.includes(part)));
    case 'startsWith':
      return textTest(literals, (value, part) => value.startsWith(part));
    case 'includes':
      return includesAny(literals);
    case 'excludes':
      return not(includesAny(literals));
    default:
      return () => false;
  }
}

/** Text compares with regard to case (Sharing Rule Considerations); a multi-select picklist compares as a set. */
function equalsAny(field: FieldDefinition, literals: readonly Value[]): ValueTest {
  const wanted = new Set(literals.map((literal) => (field.type === 'reference' ? shortId(literal) : literal)));
  if (field.type === 'reference') return (value) => wanted.has(shortId(value));
  return (value) => wanted.has(value === '' ? null : value);
}

function shortId(value: Value): Value {
  return typeof value === 'string' && value.length === 18 ? value.slice(0, 15) : value;
}

/** An empty field is neither less nor greater than anything. */
function ordered(literals: readonly Value[], accepts: (order: number) => boolean): ValueTest {
  const limit = literals[0] ?? null;
  return (value) => value !== null && limit !== null && accepts(value < limit ? -1 : value > limit ? 1 : 0);
}

function textTest(literals: readonly Value[], matches: (value: string, part: string) => boolean): ValueTest {
  return (value) => literals.some((literal) => matches(String(value ?? ''), String(literal ?? '')));
}

function includesAny(literals: readonly Value[]): ValueTest {
  const wanted = new Set(literals);
  return (value) => typeof value === 'string' && value.split(';').some((one) => wanted.has(one));
}

function not(test: ValueTest): ValueTest {
  return (value) => !test(value);
}
