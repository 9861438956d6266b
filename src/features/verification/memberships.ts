import { answerOr, ask, type Answers, type Question, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { soql } from '../../org/soql.js';
import { shareQuestions } from '../share/questions.js';
import { userQuestions } from '../user/questions.js';

export type UserGroup = {
  readonly id: string;
  readonly name: string;
  /** Regular, Queue, Role, RoleAndSubordinates, Organization … */
  readonly type: string;
};

export type UserGroups = {
  readonly all: readonly UserGroup[];
  /** What must be asked before `all` is complete; nothing when it is. */
  readonly next: readonly Question[];
  /** Everything that `all` follows from: where Salesforce refuses one of these, groups may be missing. */
  readonly asked: readonly Question[];
};

export type UserRole = { readonly id: string; readonly name: string; readonly developerName: string };

/** Public groups nest at most five deep (Help, "Public Group Considerations"). */
const deepestNesting = 5;

const membershipQuestions = {
  of: (ids: readonly string[]) =>
    ask.records(
      soql`SELECT GroupId, UserOrGroupId, Group.DeveloperName, Group.Name, Group.Type FROM GroupMember WHERE UserOrGroupId IN ${ids}`,
    ),
  /** Everybody inside belongs to it. */
  organization: ask.records("SELECT Id, DeveloperName, Name, Type, RelatedId FROM Group WHERE Type = 'Organization'"),
  /** Every role has groups of its own. */
  ofRoles: (roleIds: readonly string[]) =>
    ask.records(soql`SELECT Id, DeveloperName, Name, Type, RelatedId FROM Group WHERE RelatedId IN ${roleIds}`),
} as const;

/**
 * Every group through which something may be shared with the user: the ones it is a member of, those that contain these, the
 * groups of its role and of the roles above (which include subordinates), and the whole organization.
 */
export function groupsOfUser(username: string, answers: Answers): UserGroups {
  const first = [
    userQuestions.user(username),
    shareQuestions.userGroups(username),
    membershipQuestions.organization,
    shareQuestions.roles,
  ];
  const open = first.filter((question) => answers.get(question) === undefined);
  if (open.length > 0) return { all: [], next: open, asked: first };
  const standing = standingGroups(username, answers);
  const direct = answerOr(answers, shareQuestions.userGroups(username), []).map(containingGroup);
  return withContaining(
    { ...standing, all: [...standing.all, ...direct], asked: [...first, ...standing.asked] },
    answers,
  );
}

function standingGroups(username: string, answers: Answers): UserGroups {
  const user = answerOr(answers, userQuestions.user(username), [])[0] ?? {};
  const ownRole = textAt(user, 'UserRoleId');
  const above = rolesAbove(ownRole, answers).map(({ id }) => id);
  const everybody = answerOr(answers, membershipQuestions.organization, []).map(standingGroup);
  if (above.length === 0) return { all: everybody, next: [], asked: [] };
  const question = membershipQuestions.ofRoles(above);
  const ofRoles = answerOr(answers, question, [])
    .filter(
      (row) => textAt(row, 'RelatedId') === ownRole || (textAt(row, 'Type') ?? '').startsWith('RoleAndSubordinates'),
    )
    .map(standingGroup);
  return {
    all: [...everybody, ...ofRoles],
    next: answers.get(question) === undefined ? [question] : [],
    asked: [question],
  };
}

/** The groups that contain groups, level by level. */
function withContaining(start: UserGroups, answers: Answers): UserGroups {
  const found = new Map(start.all.map((group) => [group.id, group]));
  const asked = [...start.asked];
  let members = [...found.keys()];
  for (let depth = 0; depth < deepestNesting && members.length > 0 && start.next.length === 0; depth += 1) {
    const question = membershipQuestions.of(members);
    asked.push(question);
    if (answers.get(question) === undefined) return { all: [...found.values()], next: [question], asked };
    const fresh = answerOr(answers, question, [])
      .map(containingGroup)
      .filter(({ id }) => !found.has(id));
    for (const group of fresh) found.set(group.id, group);
    members = [...new Set(fresh.map(({ id }) => id))];
  }
  return { all: [...found.values()], next: start.next, asked };
}

/** The user's role and every role above it. */
export function rolesAbove(roleId: string | null, answers: Answers): readonly UserRole[] {
  const byId = rolesById(answers);
  const chain: UserRole[] = [];
  for (let row = byId.get(roleId ?? ''); row !== undefined; row = byId.get(textAt(row, 'ParentRoleId') ?? '')) {
    const next = role(row);
    if (chain.some(({ id }) => id === next.id)) break;
    chain.push(next);
  }
  return chain;
}

/** The Id of a role in the user's line that Salesforce doesn't list: who is above it and below the user is not known then. */
export function unlistedRole(roleId: string | null, answers: Answers): string | null {
  const chain = rolesAbove(roleId, answers);
  const last = chain.at(-1);
  const next = last === undefined ? roleId : textAt(rolesById(answers).get(last.id) ?? {}, 'ParentRoleId');
  return chain.some(({ id }) => id === next) ? null : next;
}

/** Every role below: what is shared with them, and what their users own, is visible above (Help, "Role Hierarchy"). */
export function rolesBelow(roleId: string | null, answers: Answers): readonly UserRole[] {
  if (roleId === null) return [];
  const rows = answerOr(answers, shareQuestions.roles, []);
  const below = new Map<string, UserRole>();
  let level = [roleId];
  while (level.length > 0) {
    const children = rows.filter((row) => level.includes(textAt(row, 'ParentRoleId') ?? ''));
    const fresh = children.filter((row) => !below.has(textAt(row, 'Id') ?? ''));
    for (const row of fresh) below.set(textAt(row, 'Id') ?? '', role(row));
    level = fresh.map((row) => textAt(row, 'Id') ?? '');
  }
  return [...below.values()];
}

function rolesById(answers: Answers): ReadonlyMap<string, Row> {
  return new Map(answerOr(answers, shareQuestions.roles, []).map((row) => [textAt(row, 'Id') ?? '', row]));
}

function role(row: Row): UserRole {
  return {
    id: textAt(row, 'Id') ?? '',
    name: textAt(row, 'Name') ?? '',
    developerName: textAt(row, 'DeveloperName') ?? '',
  };
}

function standingGroup(row: Row): UserGroup {
  const type = textAt(row, 'Type') ?? '';
  return { id: textAt(row, 'Id') ?? '', name: textAt(row, 'DeveloperName') ?? textAt(row, 'Name') ?? type, type };
}

function containingGroup(row: Row): UserGroup {
  return {
    id: textAt(row, 'GroupId') ?? '',
    name: textAt(row, 'Group.DeveloperName') ?? textAt(row, 'Group.Name') ?? '',
    type: textAt(row, 'Group.Type') ?? '',
  };
}
