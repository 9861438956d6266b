import type { UserPart } from '../../definition/definition.js';
import type { Answers, DescribedField, ObjectDescription, Question } from '../../observation/question.js';
import type { Finding } from '../../planning/finding.js';
import { nearestNames } from '../../planning/suggestion.js';
import { userQuestions } from './questions.js';
import { didYouMean } from './role.js';
import { texts } from './texts.js';

export type FieldValue = string | number | boolean | null;
export type UserFields = {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly findings: readonly Finding[];
};

/** Fields that have flags and keys of their own; set here they would contradict them. */
const ownFlags: Readonly<Record<string, string>> = {
  username: '--username',
  email: '--email',
  lastname: '--last-name',
  firstname: '--first-name',
  profileid: '--profile',
  userroleid: '--role',
  isactive: '--reactivate',
};

export function fieldQuestions(user: UserPart, username: string, answers: Answers): readonly Question[] {
  if (Object.keys(user.fields).length === 0) return [];
  const described = answers.get(userQuestions.userDescription);
  if (described === undefined) return [userQuestions.userDescription];
  const names = described.ok ? knownNames(user, described.value) : [];
  return names.length === 0 ? [] : [userQuestions.userFields(username, names)];
}

/** The values as the org takes them, by the described type of each field; or what is wrong with them. */
export function checkedFields(user: UserPart, isNew: boolean, answers: Answers): UserFields {
  const names = Object.keys(user.fields);
  const described = answers.get(userQuestions.userDescription);
  if (names.length === 0 || described?.ok !== true) return { values: {}, findings: [] };
  const values: Record<string, FieldValue> = {};
  const findings: Finding[] = [];
  for (const name of names) {
    const checked = checkField(name, user.fields[name] ?? null, described.value, isNew);
    if ('finding' in checked) findings.push(checked.finding);
    else values[checked.name] = checked.value;
  }
  return { values, findings };
}

type Checked = { readonly name: string; readonly value: FieldValue } | { readonly finding: Finding };

function checkField(name: string, value: FieldValue, description: ObjectDescription, isNew: boolean): Checked {
  const flag = ownFlags[name.toLowerCase()];
  if (flag !== undefined) return { finding: texts.finding('error', 'UserFieldHasFlag', name, [name, flag]) };
  const field = fieldNamed(name, description);
  if (field === undefined) return { finding: unknownField(name, description) };
  if (isNew ? !field.createable : !field.updateable) {
    return { finding: texts.finding('error', 'UserFieldNotWritable', field.name, [field.name]) };
  }
  const converted = convert(value, field);
  return converted === undefined ? { finding: wrongValue(field, value) } : { name: field.name, value: converted };
}

function unknownField(name: string, description: ObjectDescription): Finding {
  const nearest = nearestNames(
    name,
    description.fields.map((field) => field.name),
  );
  const finding = texts.finding('error', 'UnknownUserField', name, [name]);
  return nearest.length === 0 ? finding : { ...finding, fix: didYouMean(nearest) };
}

function wrongValue(field: DescribedField, value: FieldValue): Finding {
  const expected = texts.text(`expected.${expectation(field)}`, [field.length]);
  const finding = texts.finding('error', 'WrongUserFieldValue', field.name, [String(value), field.name, expected]);
  const nearest = nearestNames(String(value), activeValues(field));
  return nearest.length === 0 ? finding : { ...finding, fix: didYouMean(nearest) };
}

/** Undefined: not a value of this field. */
function convert(value: FieldValue, field: DescribedField): FieldValue | undefined {
  if (value === null || value === '') return field.nillable ? null : undefined;
  const text = String(value).trim();
  switch (expectation(field)) {
    case 'boolean':
      return { true: true, false: false }[text.toLowerCase()];
    case 'number':
      return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
    case 'dateTime':
      return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
    case 'picklist':
      return picklistValue(text, field);
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && fits(text, field) ? text : undefined;
    case 'id':
      return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text) ? text : undefined;
    case 'text':
      return fits(String(value), field) ? String(value) : undefined;
  }
}

type Expectation = 'boolean' | 'number' | 'date' | 'dateTime' | 'picklist' | 'email' | 'id' | 'text';

const expectations: Readonly<Record<string, Expectation>> = {
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'dateTime',
  picklist: 'picklist',
  email: 'email',
  reference: 'id',
};

function expectation(field: DescribedField): Expectation {
  return expectations[field.type] ?? 'text';
}

function picklistValue(text: string, field: DescribedField): string | undefined {
  const values = activeValues(field);
  const exact =
    values.find((value) => value === text) ?? values.find((value) => value.toLowerCase() === text.toLowerCase());
  return exact ?? (field.restrictedPicklist || values.length === 0 ? undefined : text);
}

function activeValues(field: DescribedField): readonly string[] {
  return field.picklistValues.filter(({ active }) => active).map(({ value }) => value);
}

function fits(text: string, field: DescribedField): boolean {
  return field.length === 0 || text.length <= field.length;
}

function knownNames(user: UserPart, description: ObjectDescription): readonly string[] {
  return Object.keys(user.fields).flatMap((name) => fieldNamed(name, description)?.name ?? []);
}

function fieldNamed(name: string, description: ObjectDescription): DescribedField | undefined {
  return description.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
}
