import type { UserPart } from '../../definition/definition.js';
import type { Answers, Question, RecordsQuestion, Row } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import { naturalKey, type Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { nearestNames } from '../../planning/suggestion.js';
import { namedLike, namesToLookUp, qualifiedName } from '../permissions/set-names.js';
import { integrationLicense } from './constants.js';
import { userQuestions } from './questions.js';
import { didYouMean } from './role.js';
import { isAnswered, licenseIn, rowsOf } from './state.js';
import { texts } from './texts.js';

type Assignable = {
  readonly id: string;
  /** With the namespace of its package. */
  readonly name: string;
  readonly type: 'PermissionSet' | 'PermissionSetGroup';
  readonly licenseId: string | null;
  readonly needsActivation: boolean;
};

export type Assignments = { readonly changes: readonly Change[]; readonly findings: readonly Finding[] };

/** Key prefix of UserLicense Ids; a permission set may also carry a permission set licence (0PL). */
const userLicensePrefix = '100';

export function permissionSetQuestions(user: UserPart, answers: Answers): readonly Question[] {
  if (user.permissionSets.length === 0) return [];
  const questions = assignableQuestions(user);
  if (!questions.every((question) => isAnswered(answers, question))) return questions;
  const found = assignables(user, answers);
  const allFound = wantedNames(user).every((name) => namedLike(name, found) !== undefined);
  return allFound ? [] : [userQuestions.allPermissionSets];
}

/** Which sets and groups there are of the names. */
export function assignableQuestions(user: UserPart): readonly RecordsQuestion[] {
  const names = namesToLookUp(wantedNames(user));
  return names.length === 0 ? [] : [userQuestions.permissionSets(names), userQuestions.permissionSetGroups(names)];
}

/** The names as those of the sets and groups that they mean; a name that means none stays as it is. */
export function assignableNames(user: UserPart, answers: Answers): readonly string[] {
  const found = assignables(user, answers);
  return wantedNames(user).map((name) => namedLike(name, found)?.name ?? name);
}

/** Existing permission sets and groups, assigned as they are; what is assigned already stays. */
export function planAssignments(
  user: UserPart,
  username: string,
  integration: string | null,
  answers: Answers,
): Assignments {
  const found = assignables(user, answers);
  const assigned = assignedIds(username, answers);
  const changes: Change[] = [];
  const findings: Finding[] = [];
  for (const name of wantedNames(user)) {
    const target = namedLike(name, found);
    if (target === undefined) findings.push(notFound(name, answers));
    else {
      findings.push(...concerns(target, answers));
      changes.push(assignment(target, username, integration, assigned.has(target.id)));
    }
  }
  return { changes, findings };
}

function assignment(target: Assignable, username: string, integration: string | null, isAssigned: boolean): Change {
  const field = target.type === 'PermissionSet' ? 'PermissionSetId' : 'PermissionSetGroupId';
  return {
    action: 'assign',
    type: 'PermissionSetAssignment',
    name: `${target.name} → ${username}`,
    phase: 'access',
    effect: isAssigned
      ? { kind: 'none' }
      : {
          kind: 'insert',
          sobject: 'PermissionSetAssignment',
          values: { AssigneeId: { idOf: naturalKey('User', username) }, [field]: target.id },
        },
    ...(integration === null ? {} : { integration }),
  };
}

/** A permission set of another user licence cannot be assigned; a session-based one has no effect until it is activated. */
function concerns(target: Assignable, answers: Answers): readonly Finding[] {
  const { licenseId, name } = target;
  const own = licenseIn(answers, userQuestions.license)?.id;
  const otherLicense = licenseId?.startsWith(userLicensePrefix) === true && licenseId !== own;
  return [
    ...(otherLicense ? [texts.finding('error', 'PermissionSetOnOtherLicense', name, [name, integrationLicense])] : []),
    ...(target.needsActivation ? [texts.finding('warning', 'PermissionSetNeedsActivation', name, [name])] : []),
  ];
}

function notFound(name: string, answers: Answers): Finding {
  const names = rowsOf(answers, userQuestions.allPermissionSets).flatMap((row) => qualified(row, 'Name') ?? []);
  const nearest = nearestNames(name, names);
  const finding = texts.finding('error', 'PermissionSetNotFound', name, [name]);
  return nearest.length === 0 ? finding : { ...finding, fix: didYouMean(nearest) };
}

function assignables(user: UserPart, answers: Answers): readonly Assignable[] {
  const names = namesToLookUp(wantedNames(user));
  return [
    ...rowsOf(answers, userQuestions.permissionSetGroups(names)).flatMap((row) =>
      assignable(row, 'DeveloperName', 'PermissionSetGroup'),
    ),
    // The aggregate set of a group carries the group's name; the group is what is assigned.
    ...rowsOf(answers, userQuestions.permissionSets(names))
      .filter((row) => textAt(row, 'Type') !== 'Group')
      .flatMap((row) => assignable(row, 'Name', 'PermissionSet')),
  ];
}

function assignable(row: Row, nameField: string, type: Assignable['type']): readonly Assignable[] {
  const id = textAt(row, 'Id');
  const name = qualified(row, nameField);
  if (id === null || name === null) return [];
  const needsActivation = booleanAt(row, 'HasActivationRequired');
  return [{ id, name, type, licenseId: textAt(row, 'LicenseId'), needsActivation }];
}

function qualified(row: Row, nameField: string): string | null {
  const name = textAt(row, nameField);
  return name === null ? null : qualifiedName(name, textAt(row, 'NamespacePrefix'));
}

function assignedIds(username: string, answers: Answers): ReadonlySet<string> {
  const rows = rowsOf(answers, userQuestions.assignments(username));
  return new Set(rows.flatMap((row) => [textAt(row, 'PermissionSetGroupId') ?? textAt(row, 'PermissionSetId') ?? '']));
}

function wantedNames(user: UserPart): readonly string[] {
  return [...new Map(user.permissionSets.map((name) => [name.toLowerCase(), name])).values()];
}
