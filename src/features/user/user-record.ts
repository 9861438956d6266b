import type { Definition, UserPart } from '../../definition/definition.js';
import type { Answers } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { Change, RecordValues } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { integrationLicense } from './constants.js';
import { isDeprecated, type Profile, type ProfileChoice } from './profile.js';
import { userQuestions } from './questions.js';
import type { RoleChoice } from './role.js';
import { existingUser, rowsOf, runningUsername, type ExistingUser } from './state.js';
import { texts } from './texts.js';
import type { FieldValue, UserFields } from './user-fields.js';
import { aliasOf, nicknameOf } from './user-names.js';

export type UserPlan = { readonly change: Change | null; readonly findings: readonly Finding[] };

export type Choices = { readonly profile: ProfileChoice; readonly role: RoleChoice; readonly fields: UserFields };

/** One change for the User row: made, adopted as it is, or brought to what was explicitly asked for. */
export function planUser(definition: Definition, user: UserPart, choices: Choices, answers: Answers): UserPlan {
  const existing = existingUser(definition, answers);
  return existing === null
    ? planNewUser(definition, user, choices, answers)
    : planExistingUser(definition, user, existing, choices, answers);
}

function planNewUser(definition: Definition, user: UserPart, choices: Choices, answers: Answers): UserPlan {
  const { username, integration } = definition;
  const { profile } = choices.profile;
  const findings = user.email === null ? [texts.finding('error', 'EmailMissing', username, [username])] : [];
  if (profile === null) return { change: null, findings };
  const values: RecordValues = {
    ...localeDefaults(answers),
    Username: username,
    LastName: user.lastName,
    ...(user.firstName === null ? {} : { FirstName: user.firstName }),
    ...(user.email === null ? {} : { Email: user.email }),
    Alias: aliasOf(integration, username),
    CommunityNickname: nicknameOf(username),
    ProfileId: profile.id,
    ...(choices.role.role === null ? {} : { UserRoleId: choices.role.role.id }),
    ...choices.fields.values,
  };
  const change: Change = {
    ...base(definition),
    action: 'create',
    effect: { kind: 'insert', sobject: 'User', values },
    after: described([
      ['Profile', profile.name],
      ['Role', choices.role.role?.name ?? null],
      ['Email', user.email],
    ]),
  };
  return { change, findings: [...findings, ...profileFindings(profile.id, profile.name, answers)] };
}

function planExistingUser(
  definition: Definition,
  user: UserPart,
  existing: ExistingUser,
  choices: Choices,
  answers: Answers,
): UserPlan {
  const { username } = definition;
  const blocking = blockingFindings(username, user, existing);
  const differences = [
    ...(user.reactivate && !existing.isActive ? [difference('IsActive', false, true)] : []),
    ...profileDifference(user, existing, choices.profile.profile),
    ...roleDifference(existing, choices.role.role),
    ...emailDifference(user, existing),
    ...fieldDifferences(username, choices.fields, answers),
  ];
  const kept = user.profile === null || choices.profile.profile === null;
  const profile = kept ? { id: existing.profileId, name: existing.profileName } : choices.profile.profile;
  const findings = [
    ...blocking,
    ...keptFindings(user, existing, choices.profile.profile),
    ...profileFindings(profile.id, profile.name, answers),
  ];
  return { change: updateOf(definition, existing, differences), findings };
}

function updateOf(definition: Definition, existing: ExistingUser, differences: readonly Difference[]): Change {
  const common = { ...base(definition), id: existing.id };
  if (differences.length === 0) return { ...common, action: 'create', effect: { kind: 'none' } };
  const values = Object.fromEntries(differences.map(({ field, value }) => [field, value]));
  return {
    ...common,
    action: 'update',
    effect: { kind: 'update', sobject: 'User', id: existing.id, values },
    before: described(differences.map(({ field, before }) => [labelOf(field), before])),
    after: described(differences.map(({ field, after }) => [labelOf(field), after])),
    // Salesforce may keep the old address until a link mailed to the new one is opened (Help, "Edit Users").
    ...(differences.every(({ field }) => field === 'Email') ? { awaits: texts.text('awaitsEmail') } : {}),
  };
}

type Difference = {
  readonly field: string;
  readonly value: FieldValue;
  readonly before: string | null;
  readonly after: string | null;
};

function difference(field: string, before: FieldValue, value: FieldValue): Difference {
  return { field, value, before: shown(before), after: shown(value) };
}

function profileDifference(user: UserPart, existing: ExistingUser, profile: Profile | null): readonly Difference[] {
  if (user.profile === null || profile === null || profile.id === existing.profileId) return [];
  return [{ field: 'ProfileId', value: profile.id, before: existing.profileName, after: profile.name }];
}

function roleDifference(existing: ExistingUser, role: RoleChoice['role']): readonly Difference[] {
  if (role === null || role.id === existing.roleId) return [];
  return [{ field: 'UserRoleId', value: role.id, before: existing.roleName, after: role.name }];
}

/** Salesforce keeps email addresses in lower case. */
function emailDifference(user: UserPart, existing: ExistingUser): readonly Difference[] {
  if (user.email === null || user.email.toLowerCase() === existing.email?.toLowerCase()) return [];
  return [difference('Email', existing.email, user.email)];
}

function fieldDifferences(username: string, fields: UserFields, answers: Answers): readonly Difference[] {
  const names = Object.keys(fields.values);
  if (names.length === 0) return [];
  const [row] = rowsOf(answers, userQuestions.userFields(username, names));
  return names.flatMap((name) => {
    const wanted = fields.values[name] ?? null;
    const held = row?.[name];
    const before = typeof held === 'string' || typeof held === 'number' || typeof held === 'boolean' ? held : null;
    return sameValue(before, wanted) ? [] : [difference(name, before, wanted)];
  });
}

function sameValue(held: FieldValue, wanted: FieldValue): boolean {
  if (held === wanted) return true;
  // Ids come back in 18 characters; dates and times in another notation of the same moment.
  if (typeof held !== 'string' || typeof wanted !== 'string') return false;
  if (/^[A-Za-z0-9]{18}$/.test(held) && held.slice(0, 15) === wanted.slice(0, 15)) return true;
  return /^\d{4}-\d{2}-\d{2}T/.test(wanted) && Date.parse(held) === Date.parse(wanted);
}

function blockingFindings(username: string, user: UserPart, existing: ExistingUser): readonly Finding[] {
  const findings: Finding[] = [];
  if (existing.licenseName !== integrationLicense) {
    const license = existing.licenseName ?? '';
    findings.push(texts.finding('error', 'UserOnOtherLicense', username, [username, license, integrationLicense]));
  }
  if (!existing.isActive && !user.reactivate)
    findings.push(texts.finding('error', 'UserInactive', username, [username]));
  return findings;
}

/** What an existing user has and nobody asked to change. */
function keptFindings(user: UserPart, existing: ExistingUser, profile: Profile | null): readonly Finding[] {
  const otherProfile = user.profile === null && profile !== null && profile.id !== existing.profileId;
  return [
    ...(otherProfile
      ? [texts.finding('info', 'ProfileKept', existing.profileName ?? '', [existing.profileName ?? '', profile.name])]
      : []),
    ...(user.role === null && existing.roleName !== null
      ? [texts.finding('info', 'RoleKept', existing.roleName, [existing.roleName])]
      : []),
  ];
}

function profileFindings(id: string | null, name: string | null, answers: Answers): readonly Finding[] {
  return isDeprecated(id, answers) ? [texts.finding('info', 'ProfileShowsFields', name ?? '', [name ?? ''])] : [];
}

/** Required on create; the running user's own values are sensible in this org. */
function localeDefaults(answers: Answers): RecordValues {
  const [runner] = rowsOf(answers, userQuestions.runner(runningUsername(answers) ?? ''));
  const held = (field: string, otherwise: string): string => (runner && textAt(runner, field)) ?? otherwise;
  return {
    TimeZoneSidKey: held('TimeZoneSidKey', 'GMT'),
    LocaleSidKey: held('LocaleSidKey', 'en_US'),
    LanguageLocaleKey: held('LanguageLocaleKey', 'en_US'),
    EmailEncodingKey: held('EmailEncodingKey', 'UTF-8'),
  };
}

function base(definition: Definition): Pick<Change, 'type' | 'name' | 'phase' | 'integration'> {
  const { username, integration } = definition;
  return { type: 'User', name: username, phase: 'user', ...(integration === null ? {} : { integration }) };
}

function labelOf(field: string): string {
  return { ProfileId: 'Profile', UserRoleId: 'Role', IsActive: 'Active' }[field] ?? field;
}

function described(pairs: ReadonlyArray<readonly [string, string | null]>): string {
  const known = pairs.filter(([, value]) => value !== null);
  return known.map(([label, value]) => `${label}: ${value ?? ''}`).join('; ');
}

function shown(value: FieldValue): string {
  return value === null ? '–' : String(value);
}
