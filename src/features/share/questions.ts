import type { Definition, SharePart } from '../../definition/definition.js';
import { namesOf } from '../../definition/names.js';
import { ask, type Answers, type Question } from '../../observation/question.js';
import { soql, soqlCondition, soqlName } from '../../org/soql.js';
import { listedName } from './layout-names.js';
import { observedFlag } from './observed.js';
import { followersOf } from './sharing-models.js';

/** Objects whose children, when visible, show their parent Account as well (implicit parent access). */
export const accountChildren: ReadonlyMap<string, string> = new Map([
  ['Contact', 'AccountId'],
  ['Opportunity', 'AccountId'],
  ['Case', 'AccountId'],
]);

export const shareQuestions = {
  organization: ask.records('SELECT Id, OrganizationType, IsSandbox FROM Organization'),
  object: (sobject: string) => ask.metadata('CustomObject', sobject),
  field: (sobject: string, field: string) => ask.metadata('CustomField', `${sobject}.${field}`),
  rules: (sobject: string) => ask.metadata('SharingRules', sobject),
  entities: (sobjects: readonly string[]) =>
    ask.records(
      soql`SELECT QualifiedApiName, Label, KeyPrefix, NamespacePrefix, InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ${sobjects}`,
    ),
  people: (usernames: readonly string[]) =>
    ask.records(soql`SELECT Id, Username, IsActive, UserRoleId, UserType FROM User WHERE Username IN ${usernames}`),
  group: (name: string) =>
    ask.records(
      // Group.Description came with API 62: naming it would make older versions refuse the whole query.
      soql`SELECT FIELDS(STANDARD) FROM Group WHERE Type = 'Regular' AND DeveloperName = ${name} LIMIT 1`,
    ),
  members: (group: string) =>
    ask.records(
      soql`SELECT Id, UserOrGroupId FROM GroupMember WHERE Group.Type = 'Regular' AND Group.DeveloperName = ${group}`,
    ),
  editorSet: (name: string) => ask.records(soql`SELECT Id, Name, Description FROM PermissionSet WHERE Name = ${name}`),
  editorFields: (name: string) =>
    ask.records(
      soql`SELECT Id, SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Parent.Name = ${name}`,
    ),
  editorAssignments: (name: string) =>
    ask.records(soql`SELECT Id, Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = ${name}`),
  userSets: (username: string) =>
    ask.records(
      soql`SELECT Id, PermissionSet.Name, PermissionSet.Label, PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name, PermissionSet.PermissionsViewAllData, PermissionSet.PermissionsModifyAllData FROM PermissionSetAssignment WHERE Assignee.Username = ${username}`,
    ),
  userObjects: (username: string, sobjects: readonly string[]) =>
    ask.records(
      soql`SELECT Id, SobjectType, PermissionsRead, PermissionsViewAllRecords, PermissionsModifyAllRecords, Parent.Name, Parent.Label, Parent.IsOwnedByProfile, Parent.Profile.Name FROM ObjectPermissions WHERE SobjectType IN ${sobjects} AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = ${username})`,
    ),
  userGroups: (username: string) =>
    ask.records(
      soql`SELECT Id, Group.DeveloperName, Group.Name, Group.Type FROM GroupMember WHERE UserOrGroupId IN (SELECT Id FROM User WHERE Username = ${username})`,
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
    const unflagged = accountCondition === null ? '' : soql` AND (NOT ${soqlCondition(accountCondition)})`;
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
  const asked = [...firstRound(definition, share)];
  if (identity?.ok === true) asked.push(shareQuestions.people(peopleOf(definition, share, identity.value.username)));
  if (answers.get(shareQuestions.layouts) !== undefined) {
    asked.push(...share.addToLayouts.map((name) => shareQuestions.layout(listedName(answers, name))));
  }
  const known = share.objects.every((object) => answers.get(fieldQuestion(definition, object.object)) !== undefined);
  return known ? [...asked, ...secondRound(definition, share, answers)] : asked;
}

export function fieldQuestion(definition: Definition, sobject: string) {
  return shareQuestions.field(sobject, namesFor(definition).flagField);
}

export function namesFor(definition: Definition) {
  return namesOf(definition.integration ?? '', definition.share?.flagLabel);
}

export function peopleOf(definition: Definition, share: SharePart, runningUser: string): readonly string[] {
  return [...new Set([definition.username, runningUser, ...share.flagEditors])];
}

function firstRound(definition: Definition, share: SharePart): readonly Question[] {
  const names = namesFor(definition);
  const concerned = concernedObjects(share);
  return [
    ask.identity,
    shareQuestions.organization,
    ...concerned.map(shareQuestions.object),
    ...share.objects.flatMap(({ object }) => [fieldQuestion(definition, object), shareQuestions.rules(object)]),
    shareQuestions.entities(concerned),
    shareQuestions.group(names.group),
    shareQuestions.members(names.group),
    shareQuestions.editorSet(names.editorSet),
    shareQuestions.editorFields(names.editorSet),
    shareQuestions.editorAssignments(names.editorSet),
    shareQuestions.userSets(definition.username),
    shareQuestions.userObjects(definition.username, concerned),
    shareQuestions.userGroups(definition.username),
    shareQuestions.userTerritories(definition.username),
    shareQuestions.roles,
    shareQuestions.layouts,
  ];
}

/** Counts, whose conditions depend on whether the flag exists already. */
function secondRound(definition: Definition, share: SharePart, answers: Answers): readonly Question[] {
  const counts: Question[] = [shareQuestions.activePeople, shareQuestions.peopleWhoSeeAll];
  counts.push(shareQuestions.teamMemberships(definition.username));
  for (const sobject of concernedObjects(share)) counts.push(shareQuestions.records(sobject));
  for (const { object } of share.objects) counts.push(shareQuestions.ownedByUser(object, definition.username));
  for (const { object, flagInitially } of share.objects) {
    if (flagInitially !== null) counts.push(shareQuestions.matching(object, flagInitially));
    const field = existingFlag(definition, answers, object);
    if (field !== null) counts.push(shareQuestions.flagged(object, field));
    if (field !== null && flagInitially !== null)
      counts.push(shareQuestions.matchingUnflagged(object, field, flagInitially));
    counts.push(...implied(definition, share, answers, object));
  }
  return counts;
}

function implied(definition: Definition, share: SharePart, answers: Answers, sobject: string): readonly Question[] {
  const condition = flaggedCondition(definition, share, answers, sobject);
  if (condition === null || !accountChildren.has(sobject)) return [];
  const accounts = flaggedCondition(definition, share, answers, 'Account');
  const parents = shareQuestions.impliedParents(accounts, sobject, condition);
  return sobject === 'Contact' ? [parents, shareQuestions.flaggedWithoutAccount(condition)] : [parents];
}

/** Which records of an object will be flagged when this run is over, as a condition; null when none will. */
export function flaggedCondition(
  definition: Definition,
  share: SharePart,
  answers: Answers,
  sobject: string,
): string | null {
  const object = share.objects.find((candidate) => candidate.object === sobject);
  if (object === undefined) return null;
  const field = existingFlag(definition, answers, sobject);
  const parts = [field === null ? null : `${field} = true`, object.flagInitially].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.map((part) => `(${part})`).join(' OR ');
}

export function existingFlag(definition: Definition, answers: Answers, sobject: string): string | null {
  return observedFlag(answers, fieldQuestion(definition, sobject)) === null ? null : namesFor(definition).flagField;
}
