import { answerOr } from '../../../observation/question.js';
import { booleanAt, textAt } from '../../../observation/row.js';
import { permissionQuestions } from '../../permissions/questions.js';
import { integrationLicense, integrationPermissionSetLicense } from '../../user/constants.js';
import { userQuestions } from '../../user/questions.js';
import type { CheckDefinition } from '../check.js';
import type { VerificationState } from '../state.js';
import { texts } from '../texts.js';

const exists = ({ user }: VerificationState): boolean => user !== null;

export const license: CheckDefinition = {
  id: 'license',
  isAsked: exists,
  needs: ({ definition }) => [userQuestions.user(definition.username)],
  examine: ({ definition: { username }, user }) => {
    const name = textAt(user ?? {}, 'Profile.UserLicense.Name') ?? '–';
    const problems =
      name === integrationLicense
        ? []
        : [texts.finding('warning', 'OtherLicense', username, [username, name, integrationLicense])];
    return { problems, evidence: [texts.text('evidence.license', [name])] };
  },
};

export const permissionSetLicense: CheckDefinition = {
  id: 'permission-set-license',
  isAsked: exists,
  needs: ({ definition }) => [userQuestions.licenseAssignment(definition.username)],
  examine: ({ definition: { username }, answers }) => {
    const isAssigned = answerOr(answers, userQuestions.licenseAssignment(username), []).length > 0;
    return isAssigned
      ? { problems: [], evidence: [texts.text('evidence.permissionSetLicense', [integrationPermissionSetLicense])] }
      : { problems: [texts.finding('warning', 'PermissionSetLicenseGone', username, [username])], evidence: [] };
  },
};

/** API Only Users can't log in to the user interface (Help, "Give Integration Users API Only Access"). */
export const apiOnly: CheckDefinition = {
  id: 'api-only',
  isAsked: exists,
  needs: ({ definition }) => [permissionQuestions.sets(definition.username)],
  examine: ({ definition: { username }, answers }) => {
    const sets = answerOr(answers, permissionQuestions.sets(username), []);
    const isApiOnly = sets.some((set) => booleanAt(set, 'PermissionsApiUserOnly'));
    return isApiOnly
      ? { problems: [], evidence: [texts.text('evidence.apiOnly')] }
      : { problems: [texts.finding('warning', 'NotApiOnly', username, [username])], evidence: [] };
  },
};
