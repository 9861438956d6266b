import { answerOr, ask, type Answers, type Question, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { userQuestions } from '../user/questions.js';

const metadataOf = (fullName: string) => ask.metadata('Profile', fullName);

/** What leads to the profile's metadata, as far as it is known how the Metadata API calls the profile. */
export function profileMetadataQuestions(user: Row, runner: string, answers: Answers): readonly Question[] {
  const { guess, exact } = fullNames(user, runner, answers);
  if (guess !== null && !isMissing(answers, guess)) return [metadataOf(guess)];
  const name = userQuestions.profileFullName(textAt(user, 'ProfileId') ?? '');
  return [...(guess === null ? [] : [metadataOf(guess)]), name, ...(exact === null ? [] : [metadataOf(exact)])];
}

/** Null where it can't be read. */
export function profileMetadata(user: Row, runner: string, answers: Answers): Row | null {
  const { guess, exact } = fullNames(user, runner, answers);
  return [guess, exact].reduce<Row | null>(
    (found, name) => found ?? (name === null ? null : answerOr(answers, metadataOf(name), null)),
    null,
  );
}

/**
 * Metadata wants the untranslated name, which only the Tooling API tells. To whom reads English, a standard profile's name is the
 * same, so that one request is enough for most; names with signs that a file name can't hold are written in another way.
 */
function fullNames(user: Row, runner: string, answers: Answers) {
  const name = textAt(user, 'Profile.Name') ?? '';
  const reader = answerOr(answers, userQuestions.runner(runner), [])[0] ?? {};
  const isPlain = /^[\w -]+$/.test(name) && (textAt(reader, 'LanguageLocaleKey') ?? '').startsWith('en');
  const row = answerOr(answers, userQuestions.profileFullName(textAt(user, 'ProfileId') ?? ''), [])[0];
  return { guess: isPlain ? name : null, exact: row === undefined ? null : textAt(row, 'FullName') };
}

function isMissing(answers: Answers, fullName: string): boolean {
  const answer = answers.get(metadataOf(fullName));
  return answer?.ok === true && answer.value === null;
}
