import type { Definition, SharedObject, SharePart } from '../../definition/definition.js';
import { namesFor } from '../../definition/names.js';
import {
  answerOr,
  ask,
  decisive,
  knownToExist,
  type Answers,
  type Question,
  type RecordsQuestion,
} from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { soql, soqlCondition, soqlGroup, soqlName } from '../../org/soql.js';
import { sameName } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { runnerQuestions } from '../permissions/runner.js';
import { userQuestions } from '../user/questions.js';
import { listedName } from './layout-names.js';
import { observedFlag, observedModels, observedRules } from './observed.js';
import { followersOf, modelChanges } from './sharing-models.js';

/** Objects whose children, when visible, show their parent Account as well (implicit parent access). */
export const accountChildren: ReadonlyMap<string, string> = new Map([
  ['Contact', 'AccountId'],
  ['Opportunity', 'AccountId'],
  ['Case', 'AccountId'],
]);

export const shareQuestions = {
  organization: ask.records('SELECT Id, OrganizationType, IsSandbox FROM Organization'),
  object: (sobject: string) => decisive(ask.metadata('CustomObject', sobject)),
  field: (sobject: string, field: string) => ask.metadata('CustomField', `${sobject}.${field}`),
  rules: (sobject: string) => decisive(ask.metadata('SharingRules', sobject)),
  people: (usernames: readonly string[]) =>
    decisive(ask.records(soql`SELECT Id, Username, IsActive, UserRoleId FROM User WHERE Username IN ${usernames}`)),
  group: (name: string) =>
    decisive(
      ask.records(
        // Group.Description came with API 62: naming it would make older versions refuse the whole query.
        soql`SELECT FIELDS(STANDARD) FROM Group WHERE Type = 'Regular' AND DeveloperName = ${name} LIMIT 1`,
      ),
    ),
  members: (group: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, UserOrGroupId FROM GroupMember WHERE Group.Type = 'Regular' AND Group.DeveloperName = ${group}`,
      ),
    ),
  editorFields: (name: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Parent.Name = ${name}`,
      ),
    ),
  editorAssignments: (name: string) =>
    decisive(
      ask.records(soql`SELECT Id, Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = ${name}`),
    ),
  /** Refused where the org has no person accounts: there is no such field then. */
  personAccounts: ask.records('SELECT Id FROM Account WHERE IsPersonAccount = true LIMIT 1'),
  userGroups: (username: string) =>
    ask.records(
      soql`SELECT Id, GroupId, UserOrGroupId, Group.DeveloperName, Group.Name, Group.Type FROM GroupMember WHERE UserOrGroupId IN (SELECT Id FROM User WHERE Username = ${username})`,
    ),
  userTerritories: (username: string) =>
    ask.records(soql`SELECT Id, Territory2.Name FROM UserTerritory2Association WHERE User.Username = ${username}`),
  roles: ask.records(
    'SELECT Id, Name, DeveloperName, ParentRoleId, ContactAccessForAccountOwner, OpportunityAccessForAccountOwner, CaseAccessForAccountOwner FROM UserRole',
  ),
  layouts: ask.list('Layout'),
  layout: (name: string) => ask.metadata('Layout', name),
  activePeople: ask.count("SELECT COUNT() FROM User WHERE IsActive = true AND UserType = 'Standard'"),
  peopleWhoSeeAll: ask.count(
    "SELECT COUNT() FROM User WHERE IsActive = true AND UserType = 'Standard' AND Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.PermissionsViewAllData = true)",
  ),
  records: (sobject: string) => ask.count(soql`SELECT COUNT() FROM ${soqlName(sobject)}`),
  ownedByUser: (sobject: string, username: string) =>
    ask.count(
      soql`SELECT COUNT() FROM ${soqlName(sobject)} WHERE OwnerId IN (SELECT Id FROM User WHERE Username = ${username})`,
    ),
  teamMemberships: (username: string) =>
    ask.count(soql`SELECT COUNT() FROM AccountTeamMember WHERE User.Username = ${username}`),
  matching: (sobject: string, condition: string) =>
    ask.count(soql`SELECT COUNT() FROM ${soqlName(sobject)} WHERE ${soqlCondition(condition)}`),
  matchingUnflagged: (sobject: string, field: string, condition: string) =>
    ask.count(
      soql`SELECT COUNT() FROM ${soqlName(sobject)} WHERE ${soqlName(field)} = false AND ${soqlCondition(condition)}`,
    ),
  flagged: (sobject: string, field: string) =>
    ask.count(soql`SELECT COUNT() FROM ${soqlName(sobject)} WHERE ${soqlName(field)} = true`),
  /** Contacts that will be flagged but get no shares, having no Account. */
  flaggedWithoutAccount: (condition: string) =>
    ask.count(soql`SELECT COUNT() FROM Contact WHERE AccountId = null AND ${soqlCondition(condition)}`),
  /** Accounts that are not flagged themselves but are parents of records that are. */
  impliedParents: (accountCondition: string | null, child: string, childCondition: string) => {
    const parents = soql`Id IN (SELECT AccountId FROM ${soqlName(child)} WHERE ${soqlCondition(childCondition)})`;
    const unflagged = accountCondition === null ? '' : soql` AND (NOT ${soqlGroup(accountCondition)})`;
    return ask.count(`SELECT COUNT() FROM Account WHERE ${parents}${unflagged}`);
  },
};

/** Every object whose default matters: the shared ones, what must follow them, and Account as the parent of its children. */
export function concernedObjects(share: SharePart): readonly string[] {
  const shared = share.objects.map((object) => object.object);
  const parents = shared.some((sobject) => accountChildren.has(sobject)) ? ['Account'] : [];
  return [...new Set([...shared, ...parents, ...shared.flatMap(followersOf)])];
}

export function questions(definition: Definition, answers: Answers): readonly Question[] {
  const { share } = definition;
  if (share === null || definition.integration === null) return [];
  const identity = answers.get(ask.identity);
  if (identity?.ok !== true) return [ask.identity];
  const asked = firstRound(definition, share, identity.value.username);
  const isKnown = ({ object }: SharedObject): boolean =>
    answers.get(shareQuestions.object(object)) !== undefined && answers.get(shareQuestions.rules(object)) !== undefined;
  if (!share.objects.every(isKnown)) return asked;
  return [...asked, ...layoutQuestions(definition, share, answers), ...countQuestions(definition, share, answers)];
}

/** The user, whoever runs the command, and whoever else is to tick the flag. */
export function peopleQuestions(
  { username }: Definition,
  { flagEditors }: SharePart,
  runningUser: string,
): readonly RecordsQuestion[] {
  const others = flagEditors.filter((editor) => ![username, runningUser].some((known) => sameName(known, editor)));
  return [
    permissionQuestions.user(username),
    userQuestions.runner(runningUser),
    ...(others.length === 0 ? [] : [shareQuestions.people(others)]),
  ];
}

function firstRound(definition: Definition, share: SharePart, runningUser: string): readonly Question[] {
  const names = namesFor(definition);
  const concerned = concernedObjects(share);
  return [
    shareQuestions.organization,
    ...concerned.map(shareQuestions.object),
    ...share.objects.map(({ object }) => shareQuestions.rules(object)),
    ...peopleQuestions(definition, share, runningUser),
    runnerQuestions.permissions(runningUser),
    permissionQuestions.entities(concerned),
    shareQuestions.group(names.group),
    shareQuestions.members(names.group),
    permissionQuestions.ownSets(names),
    shareQuestions.editorFields(names.editorSet),
    shareQuestions.editorAssignments(names.editorSet),
    permissionQuestions.assignments(definition.username),
    permissionQuestions.objects(definition.username),
    shareQuestions.userGroups(definition.username),
    shareQuestions.userTerritories(definition.username),
    shareQuestions.roles,
    ...(share.objects.some(({ object }) => object === 'Contact') ? [shareQuestions.personAccounts] : []),
  ];
}

/** Which layouts there are matters where a flag is new, or is to be put on one. */
function layoutQuestions(definition: Definition, share: SharePart, answers: Answers): readonly Question[] {
  const isNew = ({ object }: SharedObject): boolean => existingFlag(definition, answers, object) === null;
  if (share.addToLayouts.length === 0 && !share.objects.some(isNew)) return [];
  const listed = answerOr(answers, shareQuestions.layouts, []);
  const chosen = share.addToLayouts.map((name) => listedName(answers, name)).filter((name) => listed.includes(name));
  return [shareQuestions.layouts, ...chosen.map((name) => knownToExist(shareQuestions.layout(name)))];
}

/** Counts, whose conditions depend on what is there already. */
function countQuestions(definition: Definition, share: SharePart, answers: Answers): readonly Question[] {
  const { username } = definition;
  return [
    shareQuestions.teamMemberships(username),
    ...impactQuestions(share, answers),
    ...share.objects.flatMap(({ object, flagInitially }) => [
      shareQuestions.ownedByUser(object, username),
      ...(flagInitially === null ? [] : [matchingQuestion(definition, answers, object, flagInitially)]),
      ...implied(definition, share, answers, object),
    ]),
  ];
}

/** Whom new defaults affect; without any there is nobody to count. */
function impactQuestions(share: SharePart, answers: Answers): readonly Question[] {
  const models = new Map(
    concernedObjects(share).flatMap((sobject) => {
      const declared = observedModels(answerOr(answers, shareQuestions.object(sobject), null));
      return declared === null ? [] : [[sobject, declared] as const];
    }),
  );
  const changes = modelChanges(
    share.objects.map(({ object }) => object),
    models,
  );
  if (changes.length === 0) return [];
  return [
    shareQuestions.activePeople,
    shareQuestions.peopleWhoSeeAll,
    ...changes.map(({ sobject }) => shareQuestions.records(sobject)),
  ];
}

/** How many records a condition would still flag. */
export function matchingQuestion(definition: Definition, answers: Answers, sobject: string, condition: string) {
  const field = visibleFlag(definition, answers, sobject);
  return field === null
    ? shareQuestions.matching(sobject, condition)
    : shareQuestions.matchingUnflagged(sobject, field, condition);
}

function implied(definition: Definition, share: SharePart, answers: Answers, sobject: string): readonly Question[] {
  const condition = flaggedCondition(definition, share, answers, sobject);
  if (condition === null || !accountChildren.has(sobject)) return [];
  const accounts = flaggedCondition(definition, share, answers, 'Account');
  const parents = shareQuestions.impliedParents(accounts, sobject, condition);
  return sobject === 'Contact' ? [parents, shareQuestions.flaggedWithoutAccount(condition)] : [parents];
}

/**
 * Which records of an object will be flagged when this run is over, as a condition; null when none will. Once our rule
 * exists nothing is flagged any more.
 */
export function flaggedCondition(
  definition: Definition,
  share: SharePart,
  answers: Answers,
  sobject: string,
): string | null {
  const object = share.objects.find((candidate) => candidate.object === sobject);
  if (object === undefined) return null;
  const field = visibleFlag(definition, answers, sobject);
  const initially = hasOurRule(definition, answers, sobject) ? null : object.flagInitially;
  const parts = [field === null ? null : `${field} = true`, initially].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.map((part) => soqlGroup(part).text).join(' OR ');
}

function hasOurRule(definition: Definition, answers: Answers, sobject: string): boolean {
  const { criteria } = observedRules(sobject, answerOr(answers, shareQuestions.rules(sobject), null));
  const name = namesFor(definition).rule.toLowerCase();
  return criteria.some((rule) => rule.name.toLowerCase() === name);
}

function existingFlag(definition: Definition, answers: Answers, sobject: string): string | null {
  const { flagField } = namesFor(definition);
  const metadata = answerOr(answers, shareQuestions.object(sobject), null);
  return observedFlag(metadata, flagField) === null ? null : flagField;
}

/**
 * The flag where the running user may name it in a condition: after an interruption it can exist without anybody having
 * the permission set that shows it.
 */
function visibleFlag(definition: Definition, answers: Answers, sobject: string): string | null {
  const { editorSet } = namesFor(definition);
  const field = existingFlag(definition, answers, sobject);
  const identity = answers.get(ask.identity);
  const runner = identity?.ok === true ? identity.value.username.toLowerCase() : '';
  const isEditor = answerOr(answers, shareQuestions.editorAssignments(editorSet), []).some(
    (row) => textAt(row, 'Assignee.Username')?.toLowerCase() === runner,
  );
  const isInSet = answerOr(answers, shareQuestions.editorFields(editorSet), []).some(
    (row) => textAt(row, 'Field')?.toLowerCase() === `${sobject}.${field ?? ''}`.toLowerCase(),
  );
  return isEditor && isInSet ? field : null;
}
