import type { Definition } from '../../definition/definition.js';
import { namesFor } from '../../definition/names.js';
import { parseSharingRules } from '../../metadata/sharing-rule.js';
import { answerOr, ask, type Answers } from '../../observation/question.js';
import { booleanAt, rowsAt, textAt, textsAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import type { HeldObject, HeldPermissions } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { bypassPermissions, liftingPermissions } from '../permissions/system-permissions.js';
import { followersOf } from '../share/sharing-models.js';
import { grantQuestions } from './grant-questions.js';
import { namedSetObjects, namedSets } from './named-sets.js';
import { readableAfter } from './questions.js';
import { texts } from './texts.js';

/** A permission that is held, or will be, and where it comes from. */
export type PermissionAtSource = {
  readonly permission: string;
  readonly object: string | null;
  readonly source: string;
};

export type LintInput = {
  readonly definition: Definition;
  readonly answers: Answers;
  readonly held: HeldPermissions;
  readonly hidden: readonly string[];
  /** System permissions of the owned set, as it will be. */
  readonly ownSystemPermissions: readonly string[];
  /** Objects the owned set will let the user read. */
  readonly ownReadable: readonly string[];
  readonly ownSet: string;
};

/**
 * Whether the grants, the plugin's own and everybody else's, leave anything of the filter: what voids it is refused, what
 * could lift it is warned about, and an object that is readable without a filter is named.
 */
export function lintFindings(input: LintInput): readonly Finding[] {
  const severity = input.definition.grant?.allowUnfiltered === true ? 'warning' : 'error';
  return [
    ...voiding(input).map(({ permission, object, source }) =>
      texts.finding(severity, 'GrantVoidsFilter', source, [
        source,
        permissionName(permission, object),
        voided(input, permission, object),
      ]),
    ),
    ...lifting(input).map(({ permission, source }) =>
      texts.finding('warning', 'GrantCanLiftFilter', source, [source, permission, texts.text(reasonOf(permission))]),
    ),
    ...unfiltered(input).map(({ object, source }) => texts.finding(severity, 'Unfiltered', object, [object, source])),
  ];
}

function permissionName(permission: string, object: string | null): string {
  return object === null ? permission : texts.text(`permission.${permission}`, [object]);
}

function voiding(input: LintInput): readonly PermissionAtSource[] {
  const system = systemPermissions(input).filter(({ permission }) => permission in bypassPermissions);
  const objects = [...heldFromOthers(input), ...namedObjects(input)].flatMap(({ source, row }) =>
    (['viewAllRecords', 'modifyAllRecords', 'viewAllFields'] as const)
      .filter((permission) => row[permission])
      .map((permission) => ({ permission, object: row.object, source })),
  );
  return distinct([...system, ...objects]);
}

function lifting(input: LintInput): readonly PermissionAtSource[] {
  return distinct(systemPermissions(input).filter(({ permission }) => permission in liftingPermissions));
}

function reasonOf(permission: string): string {
  return liftingPermissions[permission as keyof typeof liftingPermissions];
}

function systemPermissions(input: LintInput): readonly PermissionAtSource[] {
  const own = input.ownSystemPermissions.map((permission) => ({ permission, object: null, source: input.ownSet }));
  const held = input.held.sources
    .filter((source) => source.name !== input.ownSet)
    .flatMap((source) =>
      [...source.systemPermissions].map((permission) => ({ permission, object: null, source: source.label })),
    );
  const named = namedSets(input.definition, input.answers).flatMap(({ name, row }) =>
    [...Object.keys(bypassPermissions), ...Object.keys(liftingPermissions)]
      .filter((permission) => booleanAt(row, `Permissions${permission}`))
      .map((permission) => ({ permission, object: null, source: name })),
  );
  return [...own, ...held, ...named];
}

type ObjectAccess = Pick<HeldObject, 'object' | 'read' | 'viewAllRecords' | 'modifyAllRecords' | 'viewAllFields'>;
type ObjectAtSource = { readonly source: string; readonly row: ObjectAccess };

/** The owned set counts as it will be, not as it is: what somebody added to it is taken out by the same plan. */
function heldFromOthers({ held, ownSet }: LintInput): readonly ObjectAtSource[] {
  return held.objects
    .filter((row) => row.source.name !== ownSet)
    .map((row: HeldObject) => ({ source: row.source.label, row }));
}

function namedObjects({ definition, answers }: LintInput): readonly ObjectAtSource[] {
  return namedSetObjects(definition, answers).map(({ set, row }) => ({
    source: set.name,
    row: {
      object: textAt(row, 'SobjectType') ?? '',
      read: booleanAt(row, 'PermissionsRead'),
      viewAllRecords: booleanAt(row, 'PermissionsViewAllRecords'),
      modifyAllRecords: booleanAt(row, 'PermissionsModifyAllRecords'),
      viewAllFields: booleanAt(row, 'PermissionsViewAllFields'),
    },
  }));
}

/** Objects readable from any source whose records nothing filters: not Private, and not made Private by this definition. */
function unfiltered(input: LintInput): ReadonlyArray<{ readonly object: string; readonly source: string }> {
  const { definition, answers } = input;
  const readable = [
    ...input.ownReadable.map((object) => ({ object, source: input.ownSet })),
    ...[...heldFromOthers(input), ...namedObjects(input)]
      .filter(({ row }) => row.read)
      .map(({ source, row }) => ({ object: row.object, source })),
  ];
  const open = openObjects(
    readable.map(({ object }) => object),
    answers,
  );
  const closing = closedByShare(definition);
  const allowed = new Set(definition.share?.unfiltered ?? []);
  const seen = new Set<string>();
  return readable.filter(({ object }) => {
    if (seen.has(object) || !open.has(object) || allowed.has(object)) return false;
    if (closing.has(object) || followsOne(object, closing, answers)) return false;
    seen.add(object);
    return true;
  });
}

function openObjects(objects: readonly string[], answers: Answers): ReadonlySet<string> {
  const wanted = [...new Set(objects)].sort();
  const rows = wanted.length === 0 ? [] : answerOr(answers, permissionQuestions.entities(wanted), []);
  const models = new Map(
    rows.map((row) => [textAt(row, 'QualifiedApiName') ?? '', textAt(row, 'InternalSharingModel')]),
  );
  return new Set(wanted.filter((object) => models.get(object) !== 'Private'));
}

/** Shared objects, and those that must follow them. */
function closedByShare({ share }: Definition): ReadonlySet<string> {
  const shared = (share?.objects ?? []).map(({ object }) => object);
  return new Set(shared.flatMap((object) => [object, ...followersOf(object)]));
}

/** Controlled by Parent: as narrow as the object it is a detail of. EntityDefinition shows only what that comes to now. */
function followsOne(object: string, parents: ReadonlySet<string>, answers: Answers): boolean {
  const metadata = answerOr(answers, ask.metadata('CustomObject', object), null);
  if (metadata === null || textAt(metadata, 'sharingModel') !== 'ControlledByParent') return false;
  const masters = rowsAt(metadata, 'fields')
    .filter((field) => textAt(field, 'type') === 'MasterDetail')
    .flatMap((field) => textsAt(field, 'referenceTo'));
  return (masters.length === 0 ? ['Account'] : masters).some((master) => parents.has(master));
}

/** The rules and hidden fields that a permission makes meaningless. */
function voided(input: LintInput, permission: string, object: string | null): string {
  const { definition, hidden } = input;
  if (permission === 'viewAllFields' || permission === 'ViewAllFieldsGlobal') {
    const fields = hidden.filter((field) => object === null || field.startsWith(`${object}.`));
    return fields.length === 0
      ? texts.text('voids.allFields', [object ?? texts.text('allObjects')])
      : texts.text('voids.fields', [fields.join(', ')]);
  }
  if (permission === 'ViewAllUsers') return texts.text('voids.users');
  const rules = ruleNames(input).filter((rule) => object === null || rule.startsWith(`${object}.`));
  if (rules.length > 0) return texts.text('voids.rules', [rules.join(', ')]);
  return definition.share === null
    ? texts.text('voids.anyFilter')
    : texts.text('voids.records', [object ?? texts.text('allObjects')]);
}

/** Rules of this definition, and those of an earlier run. */
function ruleNames({ definition, answers }: LintInput): readonly string[] {
  if (definition.integration === null) return [];
  const { rule } = namesFor(definition);
  const asked = (definition.share?.objects ?? []).map(({ object }) => `${object}.${rule}`);
  const existing = readableAfter(definition, answers).flatMap((object) => {
    const metadata = answerOr(answers, grantQuestions.rules(object), null);
    return metadata === null
      ? []
      : parseSharingRules(object, metadata)
          .filter(({ name }) => name === rule)
          .map(() => `${object}.${rule}`);
  });
  return [...new Set([...asked, ...existing])];
}

function distinct(permissions: readonly PermissionAtSource[]): readonly PermissionAtSource[] {
  return [
    ...new Map(permissions.map((item) => [`${item.permission}|${item.object ?? ''}|${item.source}`, item])).values(),
  ];
}
