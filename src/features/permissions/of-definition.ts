import type { Definition } from '../../definition/definition.js';
import { answerOr, type Answers, type Question } from '../../observation/question.js';
import { chooseProfile, profileQuestions, type Profile } from '../user/profile.js';
import { userQuestions } from '../user/questions.js';
import { heldPermissions, profilePermissions, type HeldPermissions } from './held-permissions.js';
import { permissionQuestions } from './questions.js';

/** What the user of a definition holds now, or will hold by the profile that the same run makes it with. */
export function permissionsOf(definition: Definition, answers: Answers): HeldPermissions {
  const profile = profileOfNewUser(definition, answers);
  return profile === null ? heldPermissions(definition.username, answers) : profilePermissions(profile, answers);
}

export function permissionsQuestions(definition: Definition, answers: Answers): readonly Question[] {
  const { username } = definition;
  return [
    permissionQuestions.user(username),
    permissionQuestions.assignments(username),
    permissionQuestions.sets(username),
    permissionQuestions.objects(username),
    permissionQuestions.fields(username),
    ...newUserQuestions(definition, answers),
  ];
}

export function userExists({ username }: Definition, answers: Answers): boolean {
  return answerOr(answers, permissionQuestions.user(username), []).length > 0;
}

function newUserQuestions(definition: Definition, answers: Answers): readonly Question[] {
  const { user, username } = definition;
  if (user === null || answers.get(permissionQuestions.user(username)) === undefined) return [];
  if (userExists(definition, answers)) return [];
  const profile = profileOfNewUser(definition, answers);
  return [
    userQuestions.profiles,
    ...profileQuestions(user, answers),
    ...(profile === null
      ? []
      : [
          permissionQuestions.profileSet(profile.id),
          permissionQuestions.profileObjects(profile.id),
          permissionQuestions.profileFields(profile.id),
        ]),
  ];
}

function profileOfNewUser(definition: Definition, answers: Answers): Profile | null {
  if (definition.user === null || userExists(definition, answers)) return null;
  return chooseProfile(definition.user, answers).profile;
}
