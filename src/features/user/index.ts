import type { Definition, UserPart } from '../../definition/definition.js';
import { ask, type Answers, type Question } from '../../observation/question.js';
import { isUnchanged, naturalKey, type Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { emptyPlan, type Plan } from '../../planning/plan.js';
import type { Feature } from '../feature.js';
import { integrationPermissionSetLicense } from './constants.js';
import { inputFindings } from './input-findings.js';
import { permissionSetQuestions, planAssignments } from './permission-sets.js';
import { chooseProfile, profileQuestions } from './profile.js';
import { runnerQuestions } from '../permissions/runner.js';
import { userQuestions } from './questions.js';
import { chooseRole, roleQuestions } from './role.js';
import { runnerFindings } from './runner.js';
import { seatFindings, seatQuestions, type SeatNeeds } from './seats.js';
import { existingUser, isAnswered, licenseIn, needsSeat, rowsOf, runningUsername } from './state.js';
import { texts } from './texts.js';
import { checkedFields, fieldQuestions } from './user-fields.js';
import { planUser } from './user-record.js';

/** The user on the integration licence: made or adopted, with its permission set licence, role and permission sets. */
export const userFeature: Feature = {
  name: 'user',
  isAsked: (definition) => definition.user !== null,
  questions: (definition, answers) => (definition.user === null ? [] : questions(definition, definition.user, answers)),
  plan: (definition, answers) =>
    definition.user === null ? emptyPlan : planWholeUser(definition, definition.user, answers),
};

function questions(definition: Definition, user: UserPart, answers: Answers): readonly Question[] {
  const runner = runningUsername(answers);
  if (runner === null) return [ask.identity];
  const { username } = definition;
  const first: readonly Question[] = [
    userQuestions.license,
    userQuestions.permissionSetLicense,
    userQuestions.profiles,
    userQuestions.runner(runner),
    runnerQuestions.permissions(runner),
    userQuestions.user(username),
    userQuestions.licenseAssignment(username),
    userQuestions.assignments(username),
  ];
  const always = [
    ...first,
    ...permissionSetQuestions(user, answers),
    ...roleQuestions(user, answers),
    ...fieldQuestions(user, username, answers),
  ];
  if (!isAnswered(answers, userQuestions.profiles)) return always;
  return [...always, ...profileQuestions(user, answers), ...seatQuestions(seatNeeds(definition, answers), answers)];
}

/**
 * What the fields of a user that exists are compared with: where Salesforce refuses one of these, a difference may go
 * unnoticed.
 */
export function comparisonQuestions({ user, username }: Definition, answers: Answers): readonly Question[] {
  if (user === null) return [];
  return [
    userQuestions.user(username),
    ...(user.profile === null ? [] : [userQuestions.profiles, ...profileQuestions(user, answers)]),
    ...(user.role === null ? [] : [userQuestions.role(user.role)]),
    ...(Object.keys(user.fields).length === 0
      ? []
      : [userQuestions.userDescription, ...fieldQuestions(user, username, answers)]),
  ];
}

function planWholeUser(definition: Definition, user: UserPart, answers: Answers): Plan {
  const { username, integration } = definition;
  const existing = existingUser(definition, answers);
  const choices = {
    profile: chooseProfile(user, answers),
    role: chooseRole(user, answers),
    fields: checkedFields(user, existing === null, answers),
  };
  const record = planUser(definition, user, choices, answers);
  const assignments = planAssignments(user, username, integration, answers);
  const changes = [
    ...(record.change === null ? [] : [record.change]),
    ...licenseAssignment(definition, answers),
    ...assignments.changes,
    ...passwordReset(definition, user),
  ];
  const findings = [
    ...inputFindings(definition, user),
    ...runnerFindings(needed(changes), answers),
    ...seatFindings(seatNeeds(definition, answers), answers),
    ...choices.profile.findings,
    ...choices.role.findings,
    ...choices.fields.findings,
    ...record.findings,
    ...assignments.findings,
    ...loginFindings(username, user, existing?.hasLoggedIn === true),
  ];
  const knownIds = existing === null ? {} : { [naturalKey('User', username)]: existing.id };
  return { changes, findings: withoutRepetition(findings), impact: [], knownIds };
}

function seatNeeds(definition: Definition, answers: Answers): SeatNeeds {
  return {
    userLicense: needsSeat(existingUser(definition, answers)),
    permissionSetLicense: rowsOf(answers, userQuestions.licenseAssignment(definition.username)).length === 0,
  };
}

function licenseAssignment(definition: Definition, answers: Answers): readonly Change[] {
  const { username, integration } = definition;
  const license = licenseIn(answers, userQuestions.permissionSetLicense);
  if (license === null) return [];
  const isAssigned = rowsOf(answers, userQuestions.licenseAssignment(username)).length > 0;
  return [
    {
      action: 'assign',
      type: 'PermissionSetLicenseAssign',
      name: `${integrationPermissionSetLicense} → ${username}`,
      phase: 'licence',
      effect: isAssigned
        ? { kind: 'none' }
        : {
            kind: 'insert',
            sobject: 'PermissionSetLicenseAssign',
            values: { AssigneeId: { idOf: naturalKey('User', username) }, PermissionSetLicenseId: license.id },
          },
      ...(integration === null ? {} : { integration }),
    },
  ];
}

/** Asked for by a flag of this one run, so done each time it is asked for. */
function passwordReset({ username, integration }: Definition, user: UserPart): readonly Change[] {
  if (!user.sendPasswordReset) return [];
  return [
    {
      action: 'reset',
      type: 'Password',
      name: username,
      phase: 'cleanup',
      effect: { kind: 'resetPassword', user: { idOf: naturalKey('User', username) } },
      ...(integration === null ? {} : { integration }),
    },
  ];
}

function needed(changes: readonly Change[]): { readonly manageUsers: boolean; readonly assign: boolean } {
  const pending = changes.filter((change) => !isUnchanged(change));
  return {
    manageUsers: pending.some(({ type }) => type === 'User' || type === 'Password'),
    assign: pending.some(({ type }) => type === 'PermissionSetLicenseAssign' || type === 'PermissionSetAssignment'),
  };
}

/** A user made by the API has no password and gets no mail. */
function loginFindings(username: string, user: UserPart, hasLoggedIn: boolean): readonly Finding[] {
  if (hasLoggedIn || user.sendPasswordReset) return [];
  return [texts.finding('info', 'CannotLogInYet', username, [username])];
}

/** Several parts notice that the licence is missing; it is said once. */
function withoutRepetition(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [`${finding.code} ${finding.subject}`, finding])).values()];
}
