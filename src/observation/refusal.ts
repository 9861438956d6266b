import type { Refusal } from './question.js';

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
