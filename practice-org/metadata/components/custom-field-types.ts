import type { FieldDefinition, FieldType } from '../../schema/definitions.ts';

/** How a custom field's type of the Metadata API looks to describe, and what must be said about it. */
export type CustomFieldType = {
  readonly type: FieldType;
  /** Elements without which the type cannot be deployed ("Must specify 'length' for a CustomField of type Text"). */
  readonly needs: readonly string[];
  /** Length where the document does not give one. */
  readonly length: number;
  readonly properties: Pick<FieldDefinition, 'filterable' | 'sortable' | 'groupable'>;
};

const everywhere = { filterable: true, sortable: true, groupable: true };
const notGrouped = { filterable: true, sortable: true, groupable: false };
const onlyFiltered = { filterable: true, sortable: false, groupable: false };
const nowhere = { filterable: false, sortable: false, groupable: false };
const numeric = ['precision', 'scale'];

function row(
  type: FieldType,
  needs: readonly string[] = [],
  length = 0,
  properties: CustomFieldType['properties'] = everywhere,
): CustomFieldType {
  return { type, needs, length, properties };
}

/** Types that are missing here are not implemented by the practice org. */
export const customFieldTypes: Readonly<Record<string, CustomFieldType>> = {
  AutoNumber: row('string', ['displayFormat'], 30, notGrouped),
  Checkbox: row('boolean', ['defaultValue']),
  Currency: row('currency', numeric, 0, notGrouped),
  Date: row('date'),
  DateTime: row('datetime', [], 0, notGrouped),
  Email: row('email', [], 80),
  EncryptedText: row('encryptedstring', ['length', 'maskChar', 'maskType'], 0, nowhere),
  Html: row('textarea', ['length', 'visibleLines'], 0, nowhere),
  LongTextArea: row('textarea', ['length', 'visibleLines'], 0, nowhere),
  Lookup: row('reference', ['referenceTo'], 18),
  MasterDetail: row('reference', ['referenceTo', 'relationshipName'], 18),
  MultiselectPicklist: row('multipicklist', ['valueSet', 'visibleLines'], 4099, onlyFiltered),
  Number: row('double', numeric, 0, notGrouped),
  Percent: row('percent', numeric, 0, notGrouped),
  Phone: row('phone', [], 40),
  Picklist: row('picklist', ['valueSet'], 255),
  Text: row('string', ['length'], 0),
  TextArea: row('textarea', [], 255),
  Url: row('url', [], 255),
};

/** A formula has the type of its result, and only these can be results. */
export const formulaTypes: ReadonlySet<string> = new Set([
  'Checkbox',
  'Currency',
  'Date',
  'DateTime',
  'Number',
  'Percent',
  'Text',
]);
