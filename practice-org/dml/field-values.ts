import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, FieldType } from '../schema/definitions.ts';
import { formatTimestamp } from '../org/clock.ts';
import { normalizeId } from '../storage/record-id.ts';
import type { Value } from '../storage/table.ts';

/** Turns what a caller sent into what is stored, or refuses it in Salesforce's words. Null stays null. */
export type ConvertValue = (value: Value) => Value;

export function valueConverter(field: FieldDefinition): ConvertValue {
  const convert = converters[field.type](field);
  // A checkbox is never null: null unticks it.
  const whenEmpty = field.type === 'boolean' ? false : null;
  return (value) => (value === null || value === '' ? whenEmpty : convert(value));
}

type FieldConverter = (field: FieldDefinition) => (value: string | number | boolean) => Value;

const converters = {
  id: () => convertId,
  string: convertText,
  textarea: convertText,
  phone: convertText,
  url: convertText,
  combobox: convertText,
  encryptedstring: convertText,
  base64: () => (value) => value,
  anyType: () => (value) => value,
  complexvalue: () => (value) => value,
  address: () => (value) => value,
  location: () => (value) => value,
  email: convertEmail,
  boolean: convertBoolean,
  int: convertNumber,
  double: convertNumber,
  currency: convertNumber,
  percent: convertNumber,
  date: convertDate,
  datetime: convertDatetime,
  picklist: convertPicklist,
  multipicklist: convertMultiPicklist,
  reference: convertReference,
} satisfies Record<FieldType, FieldConverter>;

/** The JSON reader's refusal. A real one names the place in the request, which is not known here. */
function cannotDeserialize(typeName: string, value: string | number | boolean): SalesforceError {
  const token =
    typeof value === 'string'
      ? 'VALUE_STRING'
      : typeof value === 'number'
        ? 'VALUE_NUMBER'
        : `VALUE_${value ? 'TRUE' : 'FALSE'}`;
  return new SalesforceError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${typeName} from ${token} value ${String(value)} or request may be missing a required field at [line:1, column:1]`,
  );
}

function convertText(field: FieldDefinition): (value: string | number | boolean) => Value {
  return (value) => {
    if (typeof value !== 'string') throw cannotDeserialize('string', value);
    const trimmed = value.trim();
    if (trimmed === '') return null;
    if (field.length > 0 && trimmed.length > field.length) throw tooLong(field, trimmed);
    return trimmed;
  };
}

function tooLong(field: FieldDefinition, value: string): SalesforceError {
  return new SalesforceError(
    'STRING_TOO_LONG',
    `${field.label}: data value too large: ${value} (max length=${field.length})`,
    { fields: [field.name] },
  );
}

const emailForm = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(\.[^\s@<>()[\]\\,;:".]+)+$/;

export function isEmailAddress(text: string): boolean {
  return emailForm.test(text) && !text.includes('..') && !text.startsWith('.');
}

export function invalidEmailAddress(field: FieldDefinition, value: string): SalesforceError {
  return new SalesforceError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, {
    fields: [field.name],
  });
}

function convertEmail(field: FieldDefinition): (value: string | number | boolean) => Value {
  const asText = convertText(field);
  return (value) => {
    const text = asText(value);
    if (typeof text === 'string' && !isEmailAddress(text)) throw invalidEmailAddress(field, text);
    return text;
  };
}

function convertBoolean(): (value: string | number | boolean) => Value {
  return (value) => {
    if (typeof value !== 'boolean') throw cannotDeserialize('boolean', value);
    return value;
  };
}

function convertNumber(field: FieldDefinition): (value: string | number | boolean) => Value {
  const typeName = field.type === 'int' ? 'int' : 'double';
  const integerDigits = field.type === 'int' ? Math.max(field.precision, 8) : field.precision - field.scale;
  const limit = field.precision > 0 ? 10 ** integerDigits : Number.MAX_VALUE;
  return (value) => {
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw cannotDeserialize(typeName, value);
    if (field.type === 'int' && !Number.isInteger(number)) throw cannotDeserialize(typeName, value);
    if (Math.abs(number) >= limit) throw outsideRange(field, number);
    return number;
  };
}

function outsideRange(field: FieldDefinition, value: number): SalesforceError {
  return new SalesforceError(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${value}`,
    { fields: [field.name] },
  );
}

function convertDate(): (value: string | number | boolean) => Value {
  return (value) => {
    const day = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(value)?.[1] : undefined;
    if (day === undefined || !isCalendarDay(day)) throw cannotDeserialize('date', value);
    return day;
  };
}

function isCalendarDay(day: string): boolean {
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

const datetimeForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

function convertDatetime(): (value: string | number | boolean) => Value {
  return (value) => {
    if (typeof value !== 'string' || !datetimeForm.test(value)) throw cannotDeserialize('datetime', value);
    const instant = new Date(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    if (Number.isNaN(instant.getTime())) throw cannotDeserialize('datetime', value);
    return formatTimestamp(instant.getTime());
  };
}

/** Picklists compare without regard to case and store the value as the picklist spells it. */
function convertPicklist(field: FieldDefinition): (value: string | number | boolean) => Value {
  const asText = convertText(field);
  const spelling = new Map(field.picklistValues.map(({ value }) => [value.toLowerCase(), value]));
  return (value) => {
    const text = asText(value);
    if (typeof text !== 'string') return text;
    const known = spelling.get(text.toLowerCase());
    if (known === undefined && field.restrictedPicklist && spelling.size > 0) throw badPicklistValue(field, text);
    return known ?? text;
  };
}

export function badPicklistValue(field: FieldDefinition, value: string): SalesforceError {
  return new SalesforceError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${value}`,
    { fields: [field.name] },
  );
}

function convertMultiPicklist(field: FieldDefinition): (value: string | number | boolean) => Value {
  const one = convertPicklist(field);
  return (value) => {
    if (typeof value !== 'string') throw cannotDeserialize('string', value);
    const chosen = value.split(';').filter((entry) => entry.trim() !== '');
    return chosen.length === 0 ? null : chosen.map((entry) => String(one(entry))).join(';');
  };
}

function convertId(value: string | number | boolean): Value {
  const id = typeof value === 'string' ? normalizeId(value) : undefined;
  if (id === undefined) throw new SalesforceError('MALFORMED_ID', `malformed id ${String(value)}`, { fields: ['Id'] });
  return id;
}

/** Whether the Id is of the right object is a question of cross references, not of form. */
function convertReference(field: FieldDefinition): (value: string | number | boolean) => Value {
  return (value) => {
    const id = typeof value === 'string' ? normalizeId(value) : undefined;
    if (id === undefined) throw wrongIdType(field, String(value));
    return id;
  };
}

export function wrongIdType(field: Pick<FieldDefinition, 'name' | 'label'>, id: string): SalesforceError {
  return new SalesforceError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${id}`, {
    fields: [field.name],
  });
}
