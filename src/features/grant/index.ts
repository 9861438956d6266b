import type { Definition } from '../../definition/definition.js';
import { namesFor } from '../../definition/names.js';
import { isOwned } from '../../definition/ownership.js';
import {
  comparePermissionSets,
  objectPermissionNames,
  permissionSet,
  permissionText,
  type PermissionSetDifference,
} from '../../metadata/permission-set.js';
import { answerOr, type Answers, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { naturalKey, type Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { emptyPlan, type Plan } from '../../planning/plan.js';
import type { Feature } from '../feature.js';
import { selectFields } from '../hide/selection.js';
import { fieldCatalogue, nearestNames } from '../permissions/field-catalogue.js';
import { heldPermissions, sameName } from '../permissions/held-permissions.js';
import { permissionsOf } from '../permissions/of-definition.js';
import { ownSetRow, permissionQuestions } from '../permissions/questions.js';
import { userQuestions } from '../user/questions.js';
import { integrationLicense } from '../user/constants.js';
import { accessSet, remembersPatterns, type AccessSet } from './access-set.js';
import { isFlag } from './expansion.js';
import { grantQuestions } from './grant-questions.js';
import { resolveObjects } from './granted-objects.js';
import { lintFindings } from './lint.js';
import { namedSets } from './named-sets.js';
import { questions, readableAfter } from './questions.js';
import { recipeFindings } from './recipe-findings.js';
import { texts } from './texts.js';

/**
 * Only the needed objects and fields: the permission set that the plugin owns, deployed whole and assigned last, and other
 * people's sets assigned as they are. Sharing by flag needs it too, for reading the flag.
 */
export const grantFeature: Feature = {
  name: 'grant',
  isAsked: (definition) => definition.grant !== null || definition.share !== null,
  questions,
  plan: (asked, answers) => {
    if (asked.integration === null) return emptyPlan;
    const hidden = hiddenFields(asked, answers);
    const { definition, findings: objectFindings } = resolveObjects(asked, answers);
    const set = accessSet(definition, hidden, fieldCatalogue(answers), answers);
    const findings = [
      ...userFindings(definition, answers),
      ...ownershipFindings(definition, set, answers),
      ...objectFindings,
      ...unknownSets(definition, answers),
      ...set.findings,
      ...wideningFindings(set, hidden),
      ...licenceFindings(definition, set, answers),
      ...lint(definition, set, hidden, answers),
      ...recipeFindings(definition, hidden),
    ];
    if (findings.some(({ code }) => code === 'AccessSetNotOwned')) return { ...emptyPlan, findings };
    return {
      changes: [...setChanges(definition, set, answers), ...assignments(definition, set, answers)],
      findings,
      impact: [],
      knownIds: knownIds(definition, answers),
    };
  },
};

function hiddenFields(definition: Definition, answers: Answers): readonly string[] {
  return definition.hide === null
    ? []
    : selectFields(definition, definition.hide, fieldCatalogue(answers), answers).fields;
}

function userFindings(definition: Definition, answers: Answers): readonly Finding[] {
  const { username, user } = definition;
  const exists = answerOr(answers, permissionQuestions.user(username), []).length > 0;
  return exists || user !== null ? [] : [texts.finding('error', 'UserNotFound', username, [username])];
}

function ownershipFindings(definition: Definition, { name }: AccessSet, answers: Answers): readonly Finding[] {
  const row = ownSetRow('accessSet', namesFor(definition), answers);
  const isForeign = row !== null && !isOwned(textAt(row, 'Description'), definition.integration ?? '');
  return isForeign ? [texts.finding('error', 'AccessSetNotOwned', name, [name])] : [];
}

function unknownSets(definition: Definition, answers: Answers): readonly Finding[] {
  const wanted = definition.grant?.permissionSets ?? [];
  if (wanted.length === 0) return [];
  const found = new Set(namedSets(definition, answers).map((set) => set.wanted));
  const all = answerOr(answers, grantQuestions.allSetNames, []).map((row) => textAt(row, 'Name') ?? '');
  return wanted
    .filter((name) => !found.has(name))
    .map((name) => {
      const near = nearestNames(name, all);
      return texts.finding('error', 'UnknownPermissionSet', name, [
        name,
        near.length === 0 ? texts.text('nothingNear') : near.join(', '),
      ]);
    });
}

/** What somebody added to the plugin's own set is taken out again, after being named. */
function wideningFindings(set: AccessSet, hidden: readonly string[]): readonly Finding[] {
  const extra = difference(set)
    .extra.filter((item) => item.kind !== 'field' || !hidden.some((field) => sameName(field, item.field)))
    .map(permissionText);
  return extra.length === 0
    ? []
    : [texts.finding('warning', 'AccessSetWidened', set.name, [set.name, extra.join(', ')])];
}

function licenceFindings(definition: Definition, set: AccessSet, answers: Answers): readonly Finding[] {
  if (definition.grant === null) return [];
  const user = answerOr(answers, permissionQuestions.user(definition.username), [])[0];
  const userLicence = user === undefined ? integrationLicense : textAt(user, 'Profile.UserLicense.Name');
  const licence = answerOr(answers, userQuestions.permissionSetLicense, [])[0];
  if (licence === undefined || userLicence !== integrationLicense) return [];
  return set.wanted.userPermissions
    .filter((permission) => licence[`MaximumPermissions${permission}`] === false)
    .map((permission) => texts.finding('error', 'NotInLicence', permission, [permission]));
}

function lint(definition: Definition, set: AccessSet, hidden: readonly string[], answers: Answers): readonly Finding[] {
  if (definition.grant === null) return [];
  return lintFindings({
    definition,
    answers,
    held: permissionsOf(definition, answers),
    hidden,
    ownSystemPermissions: set.wanted.userPermissions,
    ownReadable: set.wanted.objectPermissions.filter(({ read }) => read).map(({ object }) => object),
    ownSet: set.name,
  });
}

function difference(set: AccessSet): PermissionSetDifference {
  return set.existing === null ? { missing: [], extra: [] } : comparePermissionSets(set.existing, set.wanted);
}

function setChanges(definition: Definition, set: AccessSet, answers: Answers): readonly Change[] {
  const base = { type: 'PermissionSet', name: set.name, integration: definition.integration ?? '' } as const;
  const { missing, extra } = difference(set);
  if (set.existing !== null && missing.length + extra.length === 0 && remembersPatterns(set)) {
    return [{ ...base, action: 'create', phase: 'metadata', effect: { kind: 'none' } }];
  }
  const after = summary(set);
  const effect = { kind: 'deploy', component: permissionSet(set.name, set.wanted) } as const;
  if (set.existing === null) return [{ ...base, action: 'create', phase: 'metadata', effect, after }];
  const message = [
    ...(missing.length === 0 ? [] : [texts.text('accessSet.gains', [missing.map(permissionText).join(', ')])]),
    ...(extra.length === 0 ? [] : [texts.text('accessSet.loses', [extra.map(permissionText).join(', ')])]),
  ].join(' ');
  // A set that the user holds already opens at once: what it gains waits until everything that restricts is in effect.
  const opens = missing.some((item) => !(item.kind === 'field' && isFlag(definition, item.field)));
  const opensNow = opens && isAssigned(definition, ownRow(definition, answers), answers);
  return [{ ...base, action: 'update', phase: opensNow ? 'access' : 'metadata', effect, after, message }];
}

/** "Account (read, edit), Contact (read); 34 fields; ViewSetup" */
function summary({ wanted }: AccessSet): string {
  const objects = wanted.objectPermissions.map((permission) => {
    const operations = objectPermissionNames.filter((name) => permission[name]);
    return `${permission.object} (${operations.join(', ')})`;
  });
  const fields = texts.text('accessSet.fields', [wanted.fieldPermissions.length]);
  return [objects.join(', '), fields, wanted.userPermissions.join(', ')].filter((part) => part !== '').join('; ');
}

function isAssigned(definition: Definition, set: Row | undefined, answers: Answers): boolean {
  const id = set === undefined ? null : textAt(set, 'Id');
  return heldPermissions(definition.username, answers).sources.some(
    (source) => source.kind === 'permissionSet' && source.id === id,
  );
}

function ownRow(definition: Definition, answers: Answers): Row | undefined {
  return ownSetRow('accessSet', namesFor(definition), answers) ?? undefined;
}

/** Last of all: the user's own set, and the sets it is to have as they are. */
function assignments(definition: Definition, set: AccessSet, answers: Answers): readonly Change[] {
  const named = new Map(namedSets(definition, answers).map(({ wanted, row }) => [wanted, row] as const));
  const others = (definition.grant?.permissionSets ?? []).map((name) => ({ name, row: named.get(name) }));
  return [{ name: set.name, row: ownRow(definition, answers) }, ...others].map(({ name, row }) => {
    const has = isAssigned(definition, row, answers);
    const values = {
      AssigneeId: { idOf: naturalKey('User', definition.username) },
      PermissionSetId: { idOf: naturalKey('PermissionSet', name) },
    };
    return {
      action: 'assign',
      type: 'PermissionSetAssignment',
      name: `${name} → ${definition.username}`,
      phase: 'access',
      integration: definition.integration ?? '',
      effect: has ? { kind: 'none' } : { kind: 'insert', sobject: 'PermissionSetAssignment', values },
      ...(has || name !== set.name ? {} : visibleAtLast(definition, answers)),
    };
  });
}

/** The rules may still be being computed when the access is given: done is when the flagged records can be read. */
function visibleAtLast(definition: Definition, answers: Answers): Pick<Change, 'gate'> {
  const { share, username } = definition;
  if (share === null) return {};
  const { flagField } = namesFor(definition);
  const readable = readableAfter(definition, answers);
  const sobjects = share.objects.map(({ object }) => object).filter((object) => readable.includes(object));
  return { gate: { kind: 'flaggedReadable', sobjects, probe: { username, flagField } } };
}

function knownIds(definition: Definition, answers: Answers): Plan['knownIds'] {
  const user = answerOr(answers, permissionQuestions.user(definition.username), [])[0];
  const own = ownSetRow('accessSet', namesFor(definition), answers);
  return {
    ...(user === undefined ? {} : { [naturalKey('User', definition.username)]: textAt(user, 'Id') ?? '' }),
    ...Object.fromEntries(
      namedSets(definition, answers).map(({ wanted, id }) => [naturalKey('PermissionSet', wanted), id]),
    ),
    ...(own === null ? {} : { [naturalKey('PermissionSet', textAt(own, 'Name') ?? '')]: textAt(own, 'Id') ?? '' }),
  };
}
