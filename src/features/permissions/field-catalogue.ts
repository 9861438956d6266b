import { distance } from 'fastest-levenshtein';
import { ask, type Answers, type DescribedField } from '../../observation/question.js';
import { permissionQuestions } from './questions.js';

/** Every field whose access can be set at all, "Object.Field", as the org lists them. */
export type FieldCatalogue = {
  /** Lower-case "object.field" → exact spelling. */
  readonly permissionable: ReadonlyMap<string, string>;
  /** Lower-case object → exact names of its permissionable fields, "Object.Field". */
  readonly byObject: ReadonlyMap<string, readonly string[]>;
};

/**
 * The picklist of FieldPermissions.Field is the exact test of what can have a row: describe's `permissionable` says yes to
 * some fields that Salesforce then refuses.
 */
export function fieldCatalogue(answers: Answers): FieldCatalogue {
  const described = answers.get(permissionQuestions.legalFields);
  const field = described?.ok === true ? described.value.fields.find(({ name }) => name === 'Field') : undefined;
  const names = (field?.picklistValues ?? []).map(({ value }) => value);
  const byObject = new Map<string, string[]>();
  for (const name of names) {
    const object = objectOf(name).toLowerCase();
    const fields = byObject.get(object);
    if (fields === undefined) byObject.set(object, [name]);
    else fields.push(name);
  }
  return { permissionable: new Map(names.map((name) => [name.toLowerCase(), name])), byObject };
}

export function objectOf(field: string): string {
  return field.split('.')[0] ?? '';
}

export function fieldOf(field: string): string {
  return field.slice(field.indexOf('.') + 1);
}

export function isPattern(field: string): boolean {
  return field.includes('*');
}

/** "Contact.*Phone" matches whole names, without regard to case; the object part may hold no star. */
export function matchingFields(pattern: string, catalogue: FieldCatalogue): readonly string[] {
  return (catalogue.byObject.get(objectOf(pattern).toLowerCase()) ?? []).filter(fieldMatcher(pattern));
}

/** Whether a field, "Object.Field", is the one that is named or matches the pattern. */
export function fieldMatcher(pattern: string): (field: string) => boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  // Several stars in a row mean the same as one, and would make a failing match slow.
  const matcher = new RegExp(`^${escaped.replaceAll(/\*+/g, '.*')}$`, 'i');
  return (field) => matcher.test(field);
}

/** The described field, where the running user may see it. */
export function describedField(answers: Answers, field: string): DescribedField | null {
  const description = answers.get(ask.describe(objectOf(field)));
  if (description?.ok !== true) return null;
  const name = fieldOf(field).toLowerCase();
  return description.value.fields.find((candidate) => candidate.name.toLowerCase() === name) ?? null;
}

/** Names most like the wrong one, best first. */
export function nearestNames(wrong: string, names: Iterable<string>, most = 3): readonly string[] {
  const target = wrong.toLowerCase();
  return [...names]
    .map((name) => ({ name, distance: distance(target, name.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= Math.max(3, Math.ceil(target.length / 3)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Every object that permissions can be set for. */
export function knownObjects(answers: Answers): readonly string[] {
  const description = answers.get(permissionQuestions.legalObjects);
  const types =
    description?.ok === true ? description.value.fields.find(({ name }) => name === 'SobjectType') : undefined;
  return (types?.picklistValues ?? []).map(({ value }) => value);
}
