import { answerOr } from '../../../observation/question.js';
import { booleanAt, textAt } from '../../../observation/row.js';
import { comparisonQuestions } from '../../user/index.js';
import { userQuestions } from '../../user/questions.js';
import { always, type CheckDefinition } from '../check.js';
import { changeText } from '../drift.js';
import { verificationQuestions } from '../questions.js';
import { texts } from '../texts.js';

export const userActive: CheckDefinition = {
  id: 'user-active',
  isAsked: always,
  needs: ({ definition }) => [userQuestions.user(definition.username)],
  examine: ({ definition: { username }, user }) => {
    if (user === null)
      return { problems: [texts.finding('warning', 'UserNotFound', username, [username])], evidence: [] };
    const isActive = booleanAt(user, 'IsActive');
    const problems = isActive ? [] : [texts.finding('warning', 'UserInactive', username, [username])];
    return { problems, evidence: isActive ? [texts.text('evidence.active', [username])] : [] };
  },
};

/** A frozen user keeps its seat and can't log in. */
export const userNotFrozen: CheckDefinition = {
  id: 'user-not-frozen',
  isAsked: ({ userId }) => userId !== null,
  needs: ({ userId }) => [verificationQuestions.frozen(userId ?? '')],
  examine: ({ definition: { username }, userId, answers }) => {
    const rows = answerOr(answers, verificationQuestions.frozen(userId ?? ''), []);
    const isFrozen = rows.some((row) => booleanAt(row, 'IsFrozen'));
    const problems = isFrozen ? [texts.finding('warning', 'UserFrozen', username, [username])] : [];
    return { problems, evidence: isFrozen ? [] : [texts.text('evidence.notFrozen', [username])] };
  },
};

const incomparable: readonly string[] = [
  'ProfileNotFound',
  'ProfileOnOtherLicense',
  'RoleNotFound',
  'UnknownUserField',
  'UserFieldHasFlag',
  'UserFieldNotWritable',
  'WrongUserFieldValue',
];

/** Profile, role, email and other fields, as far as the definition names them. */
export const userAsDefined: CheckDefinition = {
  id: 'user-as-defined',
  isAsked: ({ definition, user }) => definition.user !== null && user !== null,
  needs: ({ definition, answers }) => comparisonQuestions(definition, answers),
  examine: ({ userDrift, user }) => ({
    problems: userDrift.changes
      .filter(({ type }) => type === 'User')
      .map((change) => texts.finding('warning', 'UserDiffers', change.name, [change.name, changeText(change)])),
    // What the definition asks for and the org doesn't know can't be compared.
    unknowns: userDrift.findings
      .filter(({ code }) => incomparable.includes(code))
      .map((finding) => ({ ...finding, severity: 'warning' as const })),
    evidence: [
      texts.text('evidence.profileAndRole', [
        textAt(user ?? {}, 'Profile.Name') ?? '–',
        textAt(user ?? {}, 'UserRole.DeveloperName') ?? '–',
      ]),
    ],
  }),
};
