import { answerOr } from '../../../observation/question.js';
import { textAt } from '../../../observation/row.js';
import { hideQuestions } from '../../hide/hide-questions.js';
import type { CheckDefinition } from '../check.js';
import type { VerificationState } from '../state.js';
import { texts } from '../texts.js';

/** What one person changes on a shared profile hits everybody on it. */
export const sharedProfile: CheckDefinition = {
  id: 'shared-profile',
  isAsked: ({ user }) => user !== null,
  needs: (state) => [othersQuestion(state)],
  examine: (state) => {
    const profile = textAt(state.user ?? {}, 'Profile.Name') ?? '';
    const others = answerOr(state.answers, othersQuestion(state), []).map((row) => textAt(row, 'Username') ?? '');
    if (others.length === 0) return { problems: [], evidence: [texts.text('evidence.profileAlone', [profile])] };
    return {
      problems: [],
      evidence: [texts.text('evidence.profileShared', [profile, others.length, others.join(', ')])],
      notes: [
        texts.finding('info', 'ProfileShared', profile, [profile, others.length, others.slice(0, 10).join(', ')]),
      ],
    };
  },
};

function othersQuestion({ user, definition }: VerificationState) {
  return hideQuestions.othersOnProfile(textAt(user ?? {}, 'ProfileId') ?? '', definition.username);
}
