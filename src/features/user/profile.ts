import type { UserPart } from '../../definition/definition.js';
import type { Answers, Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import { nearestNames } from '../../planning/suggestion.js';
import { deprecatedProfile, integrationLicense, minimumAccessProfile } from './constants.js';
import { userQuestions } from './questions.js';
import { rowsOf } from './state.js';
import { texts } from './texts.js';

export type Profile = {
  readonly id: string;
  /** In the running user's language. */
  readonly name: string;
  /** Untranslated; null where it was not asked for. */
  readonly fullName: string | null;
};

export type ProfileChoice = { readonly profile: Profile | null; readonly findings: readonly Finding[] };

/** Names that decide without a further question: they are what the profiles are called in English. */
const preferred: readonly string[] = [minimumAccessProfile, deprecatedProfile];

export function profileQuestions(user: UserPart, answers: Answers): readonly Question[] {
  const candidates = profilesOf(answers);
  const wanted = user.profile;
  const decided =
    wanted === null
      ? candidates.some(({ name }) => preferred.includes(name))
      : candidates.some(({ name }) => sameName(name, wanted));
  if (decided) return [];
  const fullNames = candidates.map(({ id }) => userQuestions.profileFullName(id));
  return wanted === null ? fullNames : [...fullNames, userQuestions.profileByName(wanted)];
}

/** The profile that was asked for, or the best one on the integration licence: found by licence, not by translated name. */
export function chooseProfile(user: UserPart, answers: Answers): ProfileChoice {
  const candidates = profilesOf(answers);
  if (candidates.length === 0) return none(texts.finding('error', 'IntegrationLicenseMissing', integrationLicense));
  return user.profile === null ? bestOf(candidates) : requested(user.profile, candidates, answers);
}

/** Whether a profile is the one that shows hundreds of standard fields to whoever may read the object. */
export function isDeprecated(profileId: string | null, answers: Answers): boolean {
  return profilesOf(answers).some(
    ({ id, name, fullName }) => id === profileId && (fullName ?? name) === deprecatedProfile,
  );
}

function bestOf(candidates: readonly Profile[]): ProfileChoice {
  const byName = (wanted: string): Profile | undefined =>
    candidates.find(({ name, fullName }) => (fullName ?? name) === wanted);
  const profile = byName(minimumAccessProfile) ?? byName(deprecatedProfile) ?? candidates[0] ?? null;
  return { profile, findings: [] };
}

function requested(wanted: string, candidates: readonly Profile[], answers: Answers): ProfileChoice {
  const profile = candidates.find(
    ({ name, fullName }) => sameName(name, wanted) || (fullName !== null && sameName(fullName, wanted)),
  );
  if (profile !== undefined) return { profile, findings: [] };
  const [elsewhere] = rowsOf(answers, userQuestions.profileByName(wanted));
  const names = candidates.map(({ name }) => name);
  if (elsewhere !== undefined) {
    const license = textAt(elsewhere, 'UserLicense.Name') ?? '';
    return none(
      texts.finding('error', 'ProfileOnOtherLicense', wanted, [wanted, license, integrationLicense, names.join(', ')]),
    );
  }
  const nearest = nearestNames(wanted, names);
  const suggested = nearest.length === 0 ? names : nearest;
  return none(texts.finding('error', 'ProfileNotFound', wanted, [wanted, suggested.join(', ')]));
}

function profilesOf(answers: Answers): readonly Profile[] {
  return rowsOf(answers, userQuestions.profiles).flatMap((row) => {
    const id = textAt(row, 'Id');
    const name = textAt(row, 'Name');
    if (id === null || name === null) return [];
    const [full] = rowsOf(answers, userQuestions.profileFullName(id));
    return [{ id, name, fullName: full === undefined ? null : textAt(full, 'FullName') }];
  });
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function none(finding: Finding): ProfileChoice {
  return { profile: null, findings: [finding] };
}
