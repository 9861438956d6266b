import { answerOr, type CountQuestion, type Row } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import { permissionQuestions } from '../permissions/questions.js';
import { viewsAllData, viewsAllRecords } from '../permissions/view-all.js';
import { accountChildren, flaggedCondition, shareQuestions } from './questions.js';
import type { SharedState, ShareState } from './state.js';
import { texts } from './texts.js';

/** Every other way in for the integration user, and every flagged row that it will not get. */
export function otherAccess(state: ShareState): readonly Finding[] {
  return [
    ...viewAllFindings(state),
    ...state.shared.flatMap((object) => [
      ...ownedFindings(state, object),
      ...impliedParentFindings(state, object),
      ...foreignRuleFindings(state, object),
      ...unmeasuredFindings(state, object),
    ]),
    ...roleFindings(state),
    ...queueFindings(state),
    ...teamFindings(state),
    ...unreachableContacts(state),
  ];
}

function countOf(state: ShareState, question: CountQuestion): number | 'not counted' {
  return answerOr(state.answers, question, 'not counted');
}

/** View All and Modify All void every filter; they are the grant's to refuse, but here they are said. */
function viewAllFindings(state: ShareState): readonly Finding[] {
  const { username } = state.definition;
  const sets = answerOr(state.answers, permissionQuestions.assignments(username), []);
  const allData = sets
    .filter(viewsAllData)
    .map((row) => texts.finding('warning', 'SeesAllData', username, [username, sourceName(row, 'PermissionSet')]));
  const rows = answerOr(state.answers, permissionQuestions.objects(username), []);
  const allRecords = rows
    .filter(viewsAllRecords)
    .filter((row) => state.shared.some(({ name }) => name === textAt(row, 'SobjectType')))
    .map((row) => {
      const sobject = textAt(row, 'SobjectType') ?? '';
      return texts.finding('warning', 'SeesAllRecords', sobject, [username, sobject, sourceName(row, 'Parent')]);
    });
  return [...allData, ...allRecords];
}

function sourceName(row: Row, path: string): string {
  const profile = booleanAt(row, `${path}.IsOwnedByProfile`) ? textAt(row, `${path}.Profile.Name`) : null;
  return profile ?? textAt(row, `${path}.Name`) ?? '';
}

function ownedFindings(state: ShareState, object: SharedState): readonly Finding[] {
  const { username } = state.definition;
  const owned = countOf(state, shareQuestions.ownedByUser(object.name, username));
  return state.user === null || owned === 0
    ? []
    : [texts.finding('warning', 'OwnsRecords', object.name, [username, String(owned), object.name])];
}

/** A visible contact, opportunity or case shows its account as well, flagged or not. */
function impliedParentFindings(state: ShareState, object: SharedState): readonly Finding[] {
  if (!accountChildren.has(object.name)) return [];
  const condition = flaggedCondition(state.definition, state.share, state.answers, object.name);
  if (condition === null) return [texts.note('ParentsWillShow', object.name, [object.name])];
  const accounts = flaggedCondition(state.definition, state.share, state.answers, 'Account');
  const parents = countOf(state, shareQuestions.impliedParents(accounts, object.name, condition));
  return parents === 0 ? [] : [texts.finding('warning', 'ParentsShow', object.name, [String(parents), object.name])];
}

function unreachableContacts(state: ShareState): readonly Finding[] {
  const condition = flaggedCondition(state.definition, state.share, state.answers, 'Contact');
  if (condition === null) return [];
  const count = countOf(state, shareQuestions.flaggedWithoutAccount(condition));
  return count === 0 ? [] : [texts.finding('warning', 'ContactsWithoutAccount', 'Contact', [String(count)])];
}

/** Rules of other people that reach the user through everybody, a group or its role. */
function foreignRuleFindings(state: ShareState, object: SharedState): readonly Finding[] {
  const groups = answerOr(state.answers, shareQuestions.userGroups(state.definition.username), []).map(
    (row) => textAt(row, 'Group.DeveloperName') ?? '',
  );
  const role = userRole(state);
  const reaches = ({ kind, name }: { readonly kind: string; readonly name: string }): boolean =>
    kind === 'allInternalUsers' ||
    (kind === 'group' && groups.includes(name)) ||
    (kind.startsWith('role') && role !== null && rolesAbove(state, role).includes(name));
  return object.rules.all
    .filter((rule) => rule.name.toLowerCase() !== state.names.rule.toLowerCase())
    .filter((rule) => rule.sharedWith.some(reaches))
    .map((rule) =>
      texts.finding('warning', 'OtherRuleShares', object.name, [
        `${object.name}.${rule.name}`,
        state.definition.username,
      ]),
    );
}

/** What cannot be measured is said, not waited for: without read, or a flagged row, nothing shows that the rule works. */
function unmeasuredFindings(state: ShareState, object: SharedState): readonly Finding[] {
  const { username, grant } = state.definition;
  if (!object.userReads && grant === null) {
    return [texts.finding('info', 'UserCannotRead', object.name, [username, object.name])];
  }
  const condition = flaggedCondition(state.definition, state.share, state.answers, object.name);
  return condition === null && object.flag === null
    ? [texts.finding('info', 'NothingFlagged', object.name, [object.name])]
    : [];
}

/** Above others in the role hierarchy means seeing all that is theirs. */
function roleFindings(state: ShareState): readonly Finding[] {
  const role = userRole(state);
  if (role === null) return [];
  const below = roles(state).filter((candidate) => textAt(candidate, 'ParentRoleId') === textAt(role, 'Id'));
  const name = textAt(role, 'Name') ?? '';
  return below.length === 0
    ? []
    : [texts.finding('warning', 'RoleHasSubordinates', name, [state.definition.username, name, below.length])];
}

/** Members of a queue see the records that it owns. */
function queueFindings(state: ShareState): readonly Finding[] {
  const { username } = state.definition;
  return answerOr(state.answers, shareQuestions.userGroups(username), [])
    .filter((row) => textAt(row, 'Group.Type') === 'Queue')
    .map((row) => {
      const queue = textAt(row, 'Group.Name') ?? '';
      return texts.finding('warning', 'InQueue', queue, [username, queue]);
    });
}

function teamFindings(state: ShareState): readonly Finding[] {
  const { username } = state.definition;
  const teams = countOf(state, shareQuestions.teamMemberships(username));
  const territories = answerOr(state.answers, shareQuestions.userTerritories(username), []);
  const onTeams = typeof teams === 'number' && teams > 0;
  return [
    ...(onTeams ? [texts.finding('warning', 'OnAccountTeams', username, [username, String(teams)])] : []),
    ...(territories.length > 0
      ? [texts.finding('warning', 'InTerritories', username, [username, territories.length])]
      : []),
  ];
}

function roles(state: ShareState): readonly Row[] {
  return answerOr(state.answers, shareQuestions.roles, []);
}

function userRole(state: ShareState): Row | null {
  const id = state.user?.roleId ?? null;
  return id === null ? null : (roles(state).find((role) => textAt(role, 'Id') === id) ?? null);
}

/** Names of the user's role and of every role above it: "role and subordinates" rules of each of them reach the user. */
function rolesAbove(state: ShareState, role: Row): readonly string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  let current: Row | undefined = role;
  while (current !== undefined && !seen.has(textAt(current, 'Id') ?? '')) {
    seen.add(textAt(current, 'Id') ?? '');
    names.push(textAt(current, 'DeveloperName') ?? '');
    const parent: string | null = textAt(current, 'ParentRoleId');
    current = roles(state).find((candidate) => textAt(candidate, 'Id') === parent);
  }
  return names;
}

/** What account owners of each role still get on the records of their accounts once those are Private. */
export function roleLevelFindings(state: ShareState, moving: readonly string[]): readonly Finding[] {
  const fields = {
    Contact: 'ContactAccessForAccountOwner',
    Opportunity: 'OpportunityAccessForAccountOwner',
    Case: 'CaseAccessForAccountOwner',
  } as const;
  return Object.entries(fields)
    .filter(([sobject]) => moving.includes(sobject))
    .flatMap(([sobject, field]) => {
      const levels = Map.groupBy(roles(state), (role) => textAt(role, field) ?? 'None');
      const summary = [...levels].map(([level, members]) => `${level}: ${namesOf(members)}`).join('; ');
      return levels.size === 0 ? [] : [texts.note('AccountOwnersKeep', sobject, [sobject, summary])];
    });
}

function namesOf(members: readonly Row[]): string {
  const names = members.map((role) => textAt(role, 'Name') ?? '');
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} +${names.length - 5}`;
}

/** Rules that are there already and go on working beside ours. */
export function existingRuleNotes(state: ShareState): readonly Finding[] {
  return state.shared.flatMap((object) => {
    const names = object.rules.all
      .map(({ name }) => name)
      .filter((name) => name.toLowerCase() !== state.names.rule.toLowerCase());
    return names.length === 0 ? [] : [texts.note('ExistingRules', object.name, [object.name, names.join(', ')])];
  });
}
