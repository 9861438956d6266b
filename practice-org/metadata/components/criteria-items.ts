import type { PracticeOrg } from '../../org/practice-org.ts';
import { recordsWhere } from '../../dml/table-rows.ts';
import type { FieldDefinition, ObjectDefinition } from '../../schema/definitions.ts';
import type { CriteriaItem } from '../../sharing/sharing.ts';
import { ComponentError } from '../component-error.ts';
import { children, positionOf, text, type Document } from '../document.ts';

/** Security Implementation Guide, security_sharing_rules_criteria. */
const maximumValueLength = 240;

/**
 * Field types that criteria may use (Sharing Rule Considerations): "you can't use lookup fields, encrypted fields, formula
 * fields, or fields whose values are derived from other fields"; real deployments refuse currencies as well.
 */
const usableTypes: ReadonlySet<string> = new Set([
  'boolean',
  'combobox',
  'date',
  'datetime',
  'double',
  'email',
  'int',
  'multipicklist',
  'percent',
  'phone',
  'picklist',
  'string',
  'url',
]);
/** Lookups that may be used by Id: users and queues, and the record type, which is written by its label. */
const usableReferences: ReadonlySet<string> = new Set(['User', 'Group', 'RecordType']);
/** A text area of up to 255 characters is a short text to criteria; longer ones cannot be filtered. */
const shortTextArea = 255;

export function criteriaItems(org: PracticeOrg, object: ObjectDefinition, rule: Document): readonly CriteriaItem[] {
  return children(rule, 'criteriaItems').map((item) => {
    const name = text(item, 'field') ?? '';
    const value = text(item, 'value') ?? '';
    const field = criteriaField(object, name, item);
    if (value.length > maximumValueLength) {
      throw new ComponentError(
        `Value too long for field: value maximum length is:${maximumValueLength}`,
        positionOf(item),
      );
    }
    checkValue(org, object, field, value, item);
    const valueField = text(item, 'valueField');
    return {
      field: field.name,
      operation: text(item, 'operation') ?? '',
      value,
      ...(valueField === undefined ? {} : { valueField }),
    };
  });
}

function criteriaField(object: ObjectDefinition, name: string, item: Document): FieldDefinition {
  const plain = name.toLowerCase().startsWith(`${object.name.toLowerCase()}.`)
    ? name.slice(object.name.length + 1)
    : name;
  const field = object.fields.get(plain.toLowerCase());
  if (field === undefined) {
    throw new ComponentError(`In field: field - no CustomField named ${object.name}.${plain} found`, positionOf(item));
  }
  if (!isUsable(field)) throw new ComponentError('not valid workflow field', positionOf(item));
  return field;
}

function isUsable(field: FieldDefinition): boolean {
  if (field.calculated) return false;
  if (field.type === 'reference') return field.referenceTo.some((target) => usableReferences.has(target));
  if (field.type === 'textarea') return field.length <= shortTextArea;
  return usableTypes.has(field.type);
}

/** Picklist values and record types that do not exist are refused (platform-sharing-rules-generate). */
function checkValue(
  org: PracticeOrg,
  object: ObjectDefinition,
  field: FieldDefinition,
  value: string,
  item: Document,
): void {
  if (value === '') return;
  const parts = value.split(',').map((part) => part.trim());
  if (field.name === 'RecordTypeId') {
    const labels = recordsWhere(org, 'RecordType', { SobjectType: object.name }).map((type) => type.get('Name'));
    const missing = parts.find((part) => !labels.includes(part));
    if (missing !== undefined && !labels.includes(value)) {
      throw new ComponentError('Picklist value does not exist', positionOf(item));
    }
  }
  if (field.type !== 'picklist' || !['equals', 'notEqual'].includes(text(item, 'operation') ?? '')) return;
  const known = new Set(field.picklistValues.flatMap((entry) => [entry.value, entry.label]));
  if (!known.has(value) && parts.some((part) => part !== '' && !known.has(part))) {
    throw new ComponentError('Picklist value does not exist', positionOf(item));
  }
}
