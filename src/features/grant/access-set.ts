import type { Definition, GrantPart, ObjectOperation } from '../../definition/definition.js';
import { hashOf } from '../../definition/api-name.js';
import { namesFor } from '../../definition/names.js';
import { descriptionLengths, writeOwnership } from '../../definition/ownership.js';
import {
  parsePermissionSet,
  type FieldPermission,
  type ObjectPermission,
  type PermissionSetDocument,
} from '../../metadata/permission-set.js';
import { answerOr, type Answers } from '../../observation/question.js';
import type { Finding } from '../../planning/finding.js';
import type { FieldCatalogue } from '../permissions/field-catalogue.js';
import { isPattern, knownObjects, objectOf } from '../permissions/field-catalogue.js';
import { ownSetName } from '../permissions/questions.js';
import { withNeededOperations, withNeededSystemPermissions } from './dependencies.js';
import { grantedFields, isFlag } from './expansion.js';
import { grantQuestions } from './grant-questions.js';
import { readableAfter } from './questions.js';
import { texts } from './texts.js';

/** The permission set that the plugin owns, as it is and as it is to be. */
export type AccessSet = {
  /** As the org spells it, where it is there. */
  readonly name: string;
  /** Null where it does not exist. */
  readonly existing: PermissionSetDocument | null;
  readonly wanted: PermissionSetDocument;
  readonly findings: readonly Finding[];
};

export function accessSet(
  definition: Definition,
  hidden: readonly string[],
  catalogue: FieldCatalogue,
  answers: Answers,
): AccessSet {
  const names = namesFor(definition);
  const name = ownSetName('accessSet', names, answers);
  const row = answerOr(answers, grantQuestions.ownedSet(name), null);
  const existing = row === null ? null : parsePermissionSet(row);
  const { grant } = definition;
  const start = { name, existing };
  if (grant === null)
    return { ...start, wanted: withFlags(definition, keep(existing, hidden, definition)), findings: [] };
  const granted = grantedFields(definition, grant, hidden, catalogue, answers);
  const withheld = existing === null ? [] : newSincePattern(grant, existing, granted.fields.values());
  const fields = [...granted.fields.values()].filter(({ name }) => !withheld.includes(name));
  const wanted: PermissionSetDocument = {
    label: names.accessSetLabel,
    description: description(definition, grant),
    objectPermissions: objectPermissions(grant),
    fieldPermissions: fields.map(({ name, edit }) => ({ field: name, readable: true, editable: edit })),
    userPermissions: withNeededSystemPermissions(grant.systemPermissions),
    rest: existing?.rest ?? {},
  };
  return {
    ...start,
    wanted: withFlags(definition, keepFlags(existing, wanted, definition)),
    findings: [
      ...granted.findings,
      ...withheld.map((field) => texts.finding('info', 'NewFieldNotGranted', field, [field])),
      ...withoutObject(definition, wanted, answers),
      ...filledIn(grant, wanted),
    ],
  };
}

/** Without a grant of its own, a run leaves the set as it is, without what is hidden, and adds the flag. */
function keep(
  existing: PermissionSetDocument | null,
  hidden: readonly string[],
  definition: Definition,
): PermissionSetDocument {
  const names = namesFor(definition);
  const kept = existing ?? {
    label: names.accessSetLabel,
    description: description(definition, null),
    objectPermissions: [],
    fieldPermissions: [],
    userPermissions: [],
    rest: {},
  };
  const withheld = new Set(hidden.map((field) => field.toLowerCase()));
  const fieldPermissions = kept.fieldPermissions.filter(({ field }) => !withheld.has(field.toLowerCase()));
  return { ...kept, fieldPermissions };
}

/** Flags of objects that earlier runs shared stay readable. */
function keepFlags(
  existing: PermissionSetDocument | null,
  wanted: PermissionSetDocument,
  definition: Definition,
): PermissionSetDocument {
  const flags = (existing?.fieldPermissions ?? []).filter(
    ({ field, readable }) => readable && isFlag(definition, field),
  );
  return { ...wanted, fieldPermissions: withFields(wanted.fieldPermissions, flags.map(readOnly)) };
}

/** The integration user reads the flag, and never edits it. */
function withFlags(definition: Definition, document: PermissionSetDocument): PermissionSetDocument {
  const { flagField } = namesFor(definition);
  const flags = (definition.share?.objects ?? []).map(({ object }) => readOnly({ field: `${object}.${flagField}` }));
  const locked = document.fieldPermissions.map((field) => (isFlag(definition, field.field) ? readOnly(field) : field));
  return { ...document, fieldPermissions: withFields(locked, flags) };
}

function readOnly({ field }: Pick<FieldPermission, 'field'>): FieldPermission {
  return { field, readable: true, editable: false };
}

function withFields(fields: readonly FieldPermission[], added: readonly FieldPermission[]): readonly FieldPermission[] {
  const known = new Set(fields.map(({ field }) => field.toLowerCase()));
  return [...fields, ...added.filter(({ field }) => !known.has(field.toLowerCase()))];
}

function objectPermissions(grant: GrantPart): readonly ObjectPermission[] {
  return Object.entries(grant.objects).map(([object, operations]) => {
    const needed = withNeededOperations(operations.length === 0 ? ['read'] : operations);
    return {
      object,
      read: needed.has('read'),
      create: needed.has('create'),
      edit: needed.has('edit'),
      delete: needed.has('delete'),
      viewAllRecords: false,
      modifyAllRecords: false,
      viewAllFields: false,
    };
  });
}

const patternMark = /\(patterns ([\da-z]+)\)/;

/** The description remembers which patterns the set was made from. */
function description(definition: Definition, grant: GrantPart | null): string {
  const integration = definition.integration ?? '';
  const hash = grant === null ? null : patternHash(grant);
  const patterns = hash === null ? '' : ` (patterns ${hash})`;
  return writeOwnership(
    `${texts.text('accessSet.description', [integration])}${patterns}`,
    integration,
    descriptionLengths.PermissionSet,
  );
}

/** Null where every field is named: then there is nothing to remember. */
function patternHash({ readFields, editFields }: GrantPart): string | null {
  const patterns = [...readFields, '|', ...editFields].filter((field) => field === '|' || isPattern(field));
  return patterns.length === 1 ? null : hashOf(patterns.join());
}

/**
 * A field that a pattern matches, with the same patterns as last time, and that is not in the set: it was added to the org
 * later, or a person took it out. Both are for a person to decide.
 */
function newSincePattern(
  grant: GrantPart,
  existing: PermissionSetDocument,
  fields: Iterable<{ readonly name: string; readonly byPattern: boolean }>,
): readonly string[] {
  if (rememberedPatterns(existing) !== patternHash(grant)) return [];
  const granted = new Set(existing.fieldPermissions.map(({ field }) => field.toLowerCase()));
  return [...fields]
    .filter(({ byPattern, name }) => byPattern && !granted.has(name.toLowerCase()))
    .map(({ name }) => name);
}

/** Fields show nothing without their object, whoever gives it. */
function withoutObject(definition: Definition, wanted: PermissionSetDocument, answers: Answers): readonly Finding[] {
  const objects = new Set(readableAfter(definition, answers).map((object) => object.toLowerCase()));
  // Details without object permissions of their own follow their master.
  const withPermissions = new Set(knownObjects(answers));
  const orphans = new Set(
    wanted.fieldPermissions
      .map(({ field }) => objectOf(field))
      .filter((object) => withPermissions.has(object) && !objects.has(object.toLowerCase())),
  );
  return [...orphans].map((object) => texts.finding('warning', 'FieldsWithoutObject', object, [object]));
}

/** Permissions that come along because Salesforce demands them. */
function filledIn(grant: GrantPart, wanted: PermissionSetDocument): readonly Finding[] {
  const system = wanted.userPermissions.filter((permission) => !grant.systemPermissions.includes(permission));
  const objects = Object.entries(grant.objects).flatMap(([object, operations]) =>
    [...withNeededOperations(operations)]
      .filter((operation: ObjectOperation) => !operations.includes(operation))
      .map((operation) => `${object}: ${operation}`),
  );
  const added = [...objects, ...system];
  return added.length === 0 ? [] : [texts.note('DependenciesAdded', added.join(', '), [added.join(', ')])];
}

/** Whether the set that is there was made from the same patterns, and says so; named fields need no memory. */
export function remembersPatterns({ existing, wanted }: AccessSet): boolean {
  const patterns = rememberedPatterns(wanted);
  return patterns === undefined || rememberedPatterns(existing) === patterns;
}

function rememberedPatterns(document: PermissionSetDocument | null): string | undefined {
  return patternMark.exec(document?.description ?? '')?.[1];
}
