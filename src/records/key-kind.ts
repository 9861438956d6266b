import type { DescribedField, ObjectDescription } from '../observation/question.js';
import { soqlNumber, type SoqlFragment } from '../org/soql.js';
import { recordIdOf, significant } from './record-id.js';
import { recordTexts as texts } from './texts.js';

/** How keys are written into a query and compared with what comes back. */
export type KeyKind = {
  readonly field: string;
  /** The key as a record would have it; null where no record can have it. */
  readonly read: (key: string) => string | null;
  readonly literal: (value: string) => string | SoqlFragment;
  readonly comparable: (value: unknown) => string;
  /** Whether equal values are also equal here. Of texts the org decides: by its language and the field's case sensitivity. */
  readonly isExact: boolean;
};

export function keyKind({ name, fields }: ObjectDescription, keyField: string): KeyKind {
  const field = fields.find((candidate) => candidate.name.toLowerCase() === keyField.toLowerCase());
  if (field === undefined) throw texts.createError('error.KeyFieldNotFound', [name, keyField]);
  if (!isKey(field)) {
    const keys = fields.filter(isKey).map((candidate) => candidate.name);
    throw texts.createError('error.KeyFieldIsNoKey', [name, field.name], [keys.join(', ')]);
  }
  return { field: field.name, ...kindOf(field) };
}

/** A field by whose value Salesforce itself finds a record: others have the same value in any number of records. */
function isKey({ type, externalId, idLookup, unique }: DescribedField): boolean {
  return type === 'id' || externalId || idLookup || unique;
}

function kindOf(field: DescribedField): Omit<KeyKind, 'field'> {
  if (field.type === 'id') {
    return { read: recordIdOf, literal: String, comparable: (id) => significant(String(id)), isExact: true };
  }
  if (isNumeric(field)) {
    return {
      read: numberOf,
      literal: soqlNumber,
      comparable: (value) => numberOf(String(value)) ?? String(value),
      isExact: true,
    };
  }
  return { read: String, literal: String, comparable: (key) => String(key).toLowerCase(), isExact: false };
}

function isNumeric({ type }: DescribedField): boolean {
  return type === 'double' || type === 'int' || type === 'currency' || type === 'percent';
}

/** One spelling for each number, digit for digit: as a double, 9007199254740993 would be 9007199254740992. */
function numberOf(text: string): string | null {
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '') return null;
  const digits = whole.replace(/^0+(?=\d)/, '');
  const decimals = withoutTrailingZeros(fraction);
  const number = decimals === '' ? digits : `${digits}.${decimals}`;
  return sign === '-' && number !== '0' ? `-${number}` : number;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}
