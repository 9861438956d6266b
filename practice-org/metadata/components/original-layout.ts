import type { FieldDefinition, ObjectDefinition } from '../../schema/definitions.ts';
import type { Document } from '../document.ts';

/** Fields that a page shows only of their own accord. */
const notPlaced = new Set([
  'Id',
  'IsDeleted',
  'SystemModstamp',
  'LastViewedDate',
  'LastReferencedDate',
  'MasterRecordId',
  'RecordTypeId',
]);

/** Without these a page could not save a record. Parts of a compound stand on the page as the whole. */
export function isRequiredOnPages(field: FieldDefinition): boolean {
  const isGiven = field.type === 'boolean' || field.name === 'OwnerId' || field.defaultValue !== null;
  return !field.nillable && field.createable && !isGiven && field.compoundFieldName === null;
}

/** The page that an object comes with: one section of its standard fields in two columns. */
export function originalLayout(object: ObjectDefinition): Document {
  const items = [...object.fields.values()]
    .filter(isPlaced)
    .map((field) => ({ behavior: behaviorOf(field), field: field.name }));
  const half = Math.ceil(items.length / 2);
  const columns = [items.slice(0, half), items.slice(half)].map((layoutItems) => ({ layoutItems }));
  return {
    layoutSections: [
      {
        customLabel: false,
        detailHeading: false,
        editHeading: true,
        label: `${object.label} Information`,
        layoutColumns: columns,
        style: 'TwoColumnsTopToBottom',
      },
    ],
    showEmailCheckbox: false,
    showHighlightsPanel: false,
    showInteractionLogPanel: false,
    showRunAssignmentRulesCheckbox: false,
    showSubmitAndAttachButton: false,
  };
}

function isPlaced(field: FieldDefinition): boolean {
  return !notPlaced.has(field.name) && !field.custom && field.compoundFieldName === null;
}

function behaviorOf(field: FieldDefinition): 'Required' | 'Edit' | 'Readonly' {
  if (isRequiredOnPages(field)) return 'Required';
  return field.updateable || field.type === 'address' ? 'Edit' : 'Readonly';
}
