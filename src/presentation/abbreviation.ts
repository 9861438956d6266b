import { presentationTexts as texts } from './texts.js';

const mostListed = 12;
const listedWhereMore = 8;
const commaOutsideParentheses = /, (?![^(]*\))/;

/** A sentence that lists very many things names the first of them, and counts the others. --json has all of them. */
export function abbreviated(text: string): string {
  return text
    .split(/(?<=\.)\s+/)
    .map(abbreviatedSentence)
    .join(' ');
}

function abbreviatedSentence(sentence: string): string {
  const items = sentence.split(commaOutsideParentheses);
  if (items.length <= mostListed) return sentence;
  const others = texts.getMessage('andMore', [items.length - listedWhereMore]);
  return `${items.slice(0, listedWhereMore).join(', ')} ${others}`;
}
