import type { HidePart } from '../definition/definition.js';
import { flagTexts as texts } from './texts.js';

export type HideFlags = {
  readonly fields: readonly string[];
  readonly securityClassification: readonly string[];
  readonly complianceGroup: readonly string[];
  readonly sobjects: readonly string[];
  readonly keepFields: readonly string[];
};

/** Which fields to hide; at least one way of choosing them must be used. */
export function toHidePart(flags: HideFlags): HidePart {
  for (const field of [...flags.fields, ...flags.keepFields]) checkFieldName(field);
  const objects = new Map(flags.sobjects.map((object) => [object.toLowerCase(), object]));
  const stray = flags.keepFields.find((field) => !objects.has(objectOf(field).toLowerCase()));
  if (stray !== undefined) throw texts.createError('error.KeepFieldWithoutObject', [stray, objectOf(stray)]);
  const chosen = [flags.fields, flags.securityClassification, flags.complianceGroup, flags.sobjects];
  if (chosen.every((list) => list.length === 0)) throw texts.createError('error.NothingToHide');
  return {
    fields: flags.fields,
    securityClassification: flags.securityClassification,
    complianceGroup: flags.complianceGroup,
    allExcept: Object.fromEntries(
      [...objects.values()].map((object) => [
        object,
        flags.keepFields.filter((field) => objectOf(field).toLowerCase() === object.toLowerCase()),
      ]),
    ),
  };
}

/** "Account.Rating" or "Contact.*Phone"; the object is always named. */
export function checkFieldName(field: string): void {
  if (!/^[A-Za-z]\w*\.[\w*]+$/.test(field)) throw texts.createError('error.FieldExpected', [field]);
}

function objectOf(field: string): string {
  return field.split('.')[0] ?? '';
}
