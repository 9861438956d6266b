import type { Answers, Question, Refusal } from './question.js';

/** Salesforce's own words, without the excerpt of the whole query and the place in it, which whoever reads it didn't write. */
export function wordsOf({ message }: Pick<Refusal, 'message'>): string {
  const lines = message.split('\n').map((line) => line.trim());
  const text = lines.findLast((line) => line !== '' && line !== '^') ?? message;
  return text.replace(/^ERROR at Row:\d+:Column:\d+\s*/, '');
}

/** Code and words; SOAP repeats the code in its text. */
export function refusalText(refusal: Refusal): string {
  const code = refusal.errorCode.replace(/^sf:/, '');
  const words = wordsOf(refusal);
  return words.startsWith(`${code}: `) ? words : `${code}: ${words}`;
}

/** Where a feature is switched off, there are no objects of it ("sObject type 'X' is not supported"): nothing is kept back. */
export function isUnsupported(answers: Answers, question: Question): boolean {
  const answer = answers.get(question);
  return answer?.ok === false && answer.refusal.errorCode === 'INVALID_TYPE';
}
