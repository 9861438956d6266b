import { isStoredCheckbox, parseCustomField, type DeclaredField } from '../../metadata/custom-field.js';
import { parseSharingModel } from '../../metadata/sharing-model.js';
import { parseSharingRules, type CriteriaRule } from '../../metadata/sharing-rule.js';
import type { Row } from '../../observation/question.js';
import { rowsAt, textAt, textsAt } from '../../observation/row.js';
import type { Models } from './sharing-models.js';

/** The flag as the org declares it. */
export type ObservedFlag = DeclaredField & { readonly isStoredCheckbox: boolean };

/** A rule that is not ours to change: who gets records through it. */
export type OtherRule = {
  readonly name: string;
  readonly sharedWith: ReadonlyArray<{ readonly kind: string; readonly name: string }>;
};

export type ObservedRules = {
  readonly criteria: readonly CriteriaRule[];
  /** All rules of the object, of every kind. */
  readonly all: readonly OtherRule[];
};

/** An object's metadata lists its fields: no request of their own is needed. */
export function observedFlag(object: Row | null, field: string): ObservedFlag | null {
  const row = object === null ? undefined : rowsAt(object, 'fields').find((candidate) => isNamed(candidate, field));
  if (row === undefined) return null;
  const declared = parseCustomField(row);
  return { ...declared, isStoredCheckbox: isStoredCheckbox(declared) };
}

function isNamed(row: Row, name: string): boolean {
  return textAt(row, 'fullName')?.toLowerCase() === name.toLowerCase();
}

/** Declared models, as the object's metadata has them: EntityDefinition shows the effective ones for Controlled by Parent. */
export function observedModels(row: Row | null): Models | null {
  return row === null ? null : parseSharingModel(row);
}

const ruleElements = [
  'sharingCriteriaRules',
  'sharingOwnerRules',
  'sharingGuestRules',
  'sharingTerritoryRules',
] as const;

export function observedRules(sobject: string, row: Row | null): ObservedRules {
  if (row === null) return { criteria: [], all: [] };
  const all = ruleElements.flatMap((element) => rowsAt(row, element)).map(otherRule);
  return { criteria: parseSharingRules(sobject, row), all };
}

function otherRule(rule: Row): OtherRule {
  const fullName = textAt(rule, 'fullName') ?? '';
  const sharedTo = rowsAt(rule, 'sharedTo')[0] ?? {};
  const sharedWith = Object.keys(sharedTo)
    .filter((kind) => /^[a-z]\w*$/i.test(kind))
    .flatMap((kind) => {
      const names = textsAt(sharedTo, kind);
      return names.length === 0 ? [{ kind, name: '' }] : names.map((name) => ({ kind, name }));
    });
  return { name: fullName.slice(fullName.lastIndexOf('.') + 1), sharedWith };
}
