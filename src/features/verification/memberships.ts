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
};

export type UserRole = { readonly id: string; readonly name: string; readonly developerName: string };

/** Public groups nest at most five deep (Help, "Public Group Considerations"). */
const deepestNesting = 5;

const membershipQuestions = {
  of: (ids: readonly string[]) =>
    ask.records(
      soql`SELECT GroupId, UserOrGroupId, Group.DeveloperName, Group.Name, Group.Type FROM GroupMember WHERE UserOrGroupId IN ${ids}`,
    ),
  /** Every role has groups of its own, and everybody inside belongs to the organization's. */
  standing: (roleIds: readonly string[]) => {
    const ofRoles = roleIds.length === 0 ? '' : soql` OR RelatedId IN ${roleIds}`;
    return ask.records(
      `SELECT Id, DeveloperName, Name, Type, RelatedId FROM Group WHERE Type = 'Organization'${ofRoles}`,
    );
  },
} as const;

/**
 * Every group through which something may be shared with the user: the ones it is a member of, those that contain these, the
 * groups of its role and of the roles above (which include subordinates), and the whole organization.
 */
export function groupsOfUser(username: string, answers: Answers): UserGroups {
  const user = answerOr(answers, userQuestions.user(username), [])[0];
  const userId = user === undefined ? null : textAt(user, 'Id');
  if (user === undefined || userId === null) return { all: [], next: [] };
  if (answers.get(shareQuestions.roles) === undefined) return { all: [], next: [shareQuestions.roles] };
  const ownRole = textAt(user, 'UserRoleId');
  const above = rolesAbove(ownRole, answers).map(({ id }) => id);
  const standing = membershipQuestions.standing(above);
  const found = new Map<string, UserGroup>();
  for (const row of answerOr(answers, standing, [])) {
    const type = textAt(row, 'Type') ?? '';
    const reachesDown = type === 'Organization' || type.startsWith('RoleAndSubordinates');
    if (reachesDown || textAt(row, 'RelatedId') === ownRole) found.set(textAt(row, 'Id') ?? '', standingGroup(row));
  }
  const next: Question[] = answers.get(standing) === undefined ? [standing] : [];
  let members: readonly string[] = [userId, ...found.keys()];
  for (let depth = 0; depth < deepestNesting && members.length > 0 && next.length === 0; depth += 1) {
    const question = membershipQuestions.of(members);
    if (answers.get(question) === undefined) next.push(question);
    const rows = answerOr(answers, question, []);
    const fresh = rows.filter((row) => !found.has(textAt(row, 'GroupId') ?? ''));
    for (const row of fresh) found.set(textAt(row, 'GroupId') ?? '', containingGroup(row));
    members = [...new Set(fresh.map((row) => textAt(row, 'GroupId') ?? ''))];
  }
  return { all: [...found.values()], next };
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
