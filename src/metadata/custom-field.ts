import type { MetadataComponent } from './component.js';
import { textOf, type MetadataRow } from './reading.js';

/** A stored checkbox: criteria rules cannot use formulas (Sharing Rule Considerations). */
export type CheckboxField = {
  readonly object: string;
  /** With `__c`. */
  readonly name: string;
  readonly label: string;
  readonly description: string;
};

export type DeclaredField = {
  readonly type: string | null;
  readonly label: string | null;
  readonly description: string | null;
  readonly formula: string | null;
  readonly defaultValue: string | null;
};

/** Salesforce refuses a checkbox without a default value, and `required` on one. */
export function checkboxField(field: CheckboxField): MetadataComponent {
  return {
    type: 'CustomField',
    fullName: `${field.object}.${field.name}`,
    body: {
      defaultValue: false,
      description: field.description,
      externalId: false,
      label: field.label,
      trackHistory: false,
      type: 'Checkbox',
    },
  };
}

export function parseCustomField(row: MetadataRow): DeclaredField {
  return {
    type: textOf(row, 'type'),
    label: textOf(row, 'label'),
    description: textOf(row, 'description'),
    formula: textOf(row, 'formula'),
    defaultValue: textOf(row, 'defaultValue'),
  };
}

export function isStoredCheckbox(field: DeclaredField): boolean {
  return field.type === 'Checkbox' && (field.formula ?? '') === '';
}
