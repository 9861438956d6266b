import type { Definition, HidePart } from '../../definition/definition.js';
import { answerOr, type Answers, type DescribedField, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import {
  describedField,
  fieldOf,
  isPattern,
  knownObjects,
  matchingFields,
  nearestNames,
  objectOf,
  type FieldCatalogue,
} from '../permissions/field-catalogue.js';
import { sameName } from '../permissions/held-permissions.js';
import { classifiedObjects, hideQuestions } from './hide-questions.js';
import { texts } from './texts.js';

/** The fields to hide, "Object.Field" in the org's spelling, and what is to be said about the choice. */
export type FieldSelection = { readonly fields: readonly string[]; readonly findings: readonly Finding[] };

const nothing: FieldSelection = { fields: [], findings: [] };

export function selectFields(
  definition: Definition,
  hide: HidePart,
  catalogue: FieldCatalogue,
  answers: Answers,
): FieldSelection {
  const named = merge(
    hide.fields.filter((field) => !isPattern(field)).map((field) => resolveField(field, catalogue, answers)),
  );
  const broad = merge([
    ...hide.fields.filter(isPattern).map((pattern) => resolvePattern(pattern, catalogue, answers)),
    byClassification(definition, hide, catalogue, answers),
    ...Object.entries(hide.allExcept).map(([object, kept]) => allExcept(object, kept, catalogue, answers)),
  ]);
  return withoutGranted(definition, named, broad);
}

/** A field by its name: itself, the compound it is part of, or the reason why it cannot be hidden. */
function resolveField(field: string, catalogue: FieldCatalogue, answers: Answers): FieldSelection {
  const exact = catalogue.permissionable.get(field.toLowerCase());
  if (exact !== undefined) return { fields: [exact], findings: [] };
  const object = objectOf(field);
  if (!catalogue.byObject.has(object.toLowerCase())) return unknownObject(object, answers);
  const described = describedField(answers, field);
  if (described === null) return unknownField(field, object, catalogue);
  return fromCompound(object, described, catalogue) ?? cannotHide(`${object}.${described.name}`, described);
}

/** Parts of addresses and names have no permission of their own: the whole goes, and the user is told. */
function fromCompound(object: string, described: DescribedField, catalogue: FieldCatalogue): FieldSelection | null {
  const compound = described.compoundFieldName ?? addressOf(object, described.name, catalogue);
  const exact = compound === null ? undefined : catalogue.permissionable.get(`${object}.${compound}`.toLowerCase());
  if (exact === undefined) return null;
  const part = `${object}.${described.name}`;
  return { fields: [exact], findings: [texts.finding('warning', 'CompoundHidden', part, [part, exact])] };
}

const addressParts = /(Street|City|State|StateCode|PostalCode|Country|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/;

/** REST describe names the compound only in newer API versions; addresses are recognised by their parts' names. */
function addressOf(object: string, name: string, catalogue: FieldCatalogue): string | null {
  const compound = name.replace(addressParts, 'Address');
  return compound !== name && catalogue.permissionable.has(`${object}.${compound}`.toLowerCase()) ? compound : null;
}

function cannotHide(field: string, described: DescribedField): FieldSelection {
  return {
    fields: [],
    findings: [texts.finding('warning', 'CannotBeHidden', field, [field, texts.text(reasonKey(described))])],
  };
}

const systemFields = [
  'Id',
  'CreatedById',
  'CreatedDate',
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
  'IsDeleted',
];

function reasonKey(field: DescribedField): string {
  if (systemFields.includes(field.name)) return 'reason.system';
  if (field.name === 'OwnerId') return 'reason.owner';
  if (field.nameField) return 'reason.name';
  if (!field.nillable && field.type === 'reference') return 'reason.masterDetail';
  return field.nillable ? 'reason.other' : 'reason.required';
}

function resolvePattern(pattern: string, catalogue: FieldCatalogue, answers: Answers): FieldSelection {
  const object = objectOf(pattern);
  if (!catalogue.byObject.has(object.toLowerCase())) return unknownObject(object, answers);
  const fields = matchingFields(pattern, catalogue);
  return fields.length > 0
    ? { fields, findings: [] }
    : { fields: [], findings: [texts.finding('error', 'PatternMatchesNothing', pattern, [pattern])] };
}

function byClassification(
  definition: Definition,
  hide: HidePart,
  catalogue: FieldCatalogue,
  answers: Answers,
): FieldSelection {
  const wanted = [
    ...hide.securityClassification.map((value) => ({ value, column: 'SecurityClassification' })),
    ...hide.complianceGroup.map((value) => ({ value, column: 'ComplianceGroup' })),
  ];
  if (wanted.length === 0) return nothing;
  const rows = classifiedObjects(definition, answers).flatMap((object) =>
    answerOr(answers, hideQuestions.classification(object), []).map((row) => ({ object, row })),
  );
  return merge(
    wanted.map(({ value, column }) => {
      const fields = rows
        .filter(({ row }) => isClassified(row, column, value))
        .flatMap(({ object, row }) => {
          const name = `${object}.${textAt(row, 'QualifiedApiName') ?? ''}`;
          return catalogue.permissionable.get(name.toLowerCase()) ?? [];
        });
      if (fields.length > 0) return { fields, findings: [] };
      return { fields, findings: [texts.finding('warning', 'NothingClassified', value, [value])] };
    }),
  );
}

/** Compliance groups of a field are one text, separated by semicolons. */
function isClassified(row: Row, column: string, value: string): boolean {
  return (textAt(row, column) ?? '').split(';').some((given) => sameName(given.trim(), value.trim()));
}

function allExcept(
  object: string,
  kept: readonly string[],
  catalogue: FieldCatalogue,
  answers: Answers,
): FieldSelection {
  const all = catalogue.byObject.get(object.toLowerCase());
  if (all === undefined) return unknownObject(object, answers);
  const resolved = merge(kept.map((field) => keptField(field, object, catalogue, answers)));
  const keep = new Set(resolved.fields);
  return { fields: all.filter((field) => !keep.has(field)), findings: resolved.findings };
}

/** A kept field that can't be hidden anyway is fine; one that doesn't exist is a mistake. */
function keptField(field: string, object: string, catalogue: FieldCatalogue, answers: Answers): FieldSelection {
  const full = field.includes('.') ? field : `${object}.${field}`;
  const exact = catalogue.permissionable.get(full.toLowerCase());
  if (exact !== undefined) return { fields: [exact], findings: [] };
  const described = describedField(answers, full);
  if (described === null) return unknownField(full, object, catalogue);
  const compound = fromCompound(object, described, catalogue);
  return { fields: compound?.fields ?? [], findings: [] };
}

function unknownObject(object: string, answers: Answers): FieldSelection {
  const near = nearestNames(object, knownObjects(answers));
  const tokens = [object, near.length === 0 ? texts.text('nothingNear') : near.join(', ')];
  return { fields: [], findings: [texts.finding('error', 'UnknownObject', object, tokens)] };
}

function unknownField(field: string, object: string, catalogue: FieldCatalogue): FieldSelection {
  const near = nearestNames(field, catalogue.byObject.get(object.toLowerCase()) ?? []);
  const tokens = [object, fieldOf(field), near.length === 0 ? texts.text('nothingNear') : near.join(', ')];
  return { fields: [], findings: [texts.finding('error', 'UnknownField', field, tokens)] };
}

/** An explicit grant beats a pattern, a classification and "all but"; against an explicit hide it is a contradiction. */
function withoutGranted(definition: Definition, named: FieldSelection, broad: FieldSelection): FieldSelection {
  const explicit = explicitlyGranted(definition);
  const isGranted = (field: string): boolean => explicit.has(field.toLowerCase());
  const contradictions = named.fields
    .filter(isGranted)
    .map((field) => texts.finding('error', 'GrantedAndHidden', field, [field]));
  const kept = broad.fields.filter(isGranted).map((field) => texts.note('GrantBeatsPattern', field, [field]));
  return {
    fields: [...new Set([...named.fields, ...broad.fields.filter((field) => !isGranted(field))])].sort(),
    findings: [...named.findings, ...broad.findings, ...contradictions, ...kept],
  };
}

/** By name, and by the person: what only a vendor's recipe asks for gives way to what is hidden. */
function explicitlyGranted({ grant }: Definition): ReadonlySet<string> {
  const fields = [...(grant?.readFields ?? []), ...(grant?.editFields ?? [])];
  const byVendor = new Set(grant?.vendorOnly?.fields ?? []);
  return new Set(
    fields.filter((field) => !isPattern(field) && !byVendor.has(field)).map((field) => field.toLowerCase()),
  );
}

function merge(selections: readonly FieldSelection[]): FieldSelection {
  return {
    fields: [...new Set(selections.flatMap(({ fields }) => fields))],
    findings: selections.flatMap(({ findings }) => findings),
  };
}
