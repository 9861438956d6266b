import { answerOr } from '../../../observation/question.js';
import { rowsAt, textAt } from '../../../observation/row.js';
import type { CheckDefinition } from '../check.js';
import { runningUsername } from '../../user/state.js';
import { profileMetadata } from '../profile-metadata.js';
import { verificationQuestions } from '../questions.js';
import { refusalOf, type VerificationState } from '../state.js';
import { texts } from '../texts.js';

/**
 * When and from where the user logs in, and from where it may. History that can't be read is said and holds nothing back:
 * it tells who used the access, not what the access is.
 */
export const login: CheckDefinition = {
  id: 'login',
  isAsked: ({ userId }) => userId !== null,
  needs: () => [],
  examine: (state) => {
    const { definition, userId, answers } = state;
    const question = verificationQuestions.logins(userId ?? '');
    const refusal = refusalOf(answers, question);
    const rows = answerOr(answers, question, []);
    const last = rows[0];
    const addresses = [...new Set(rows.flatMap((row) => textAt(row, 'SourceIp') ?? []))].sort();
    const evidence = [
      ...(refusal === null && last === undefined ? [texts.text('evidence.neverLoggedIn')] : []),
      ...(last === undefined
        ? []
        : [texts.text('evidence.lastLogin', [textAt(last, 'LoginTime') ?? '', addresses.join(', ')])]),
      rangesText(state),
    ];
    const notes =
      refusal === null
        ? []
        : [texts.finding('warning', 'LoginHistoryNotReadable', definition.username, [definition.username, refusal])];
    return { problems: [], evidence, notes };
  },
};

/** Login IP ranges stand on the profile (Metadata API, Profile.loginIpRanges). */
function rangesText({ user, answers }: VerificationState): string {
  const profile = user === null ? null : profileMetadata(user, runningUsername(answers) ?? '', answers);
  if (profile === null) return texts.text('evidence.rangesUnknown');
  const ranges = rowsAt(profile, 'loginIpRanges').map(
    (range) => `${textAt(range, 'startAddress') ?? ''}–${textAt(range, 'endAddress') ?? ''}`,
  );
  return ranges.length === 0 ? texts.text('evidence.noRanges') : texts.text('evidence.ranges', [ranges.join(', ')]);
}
