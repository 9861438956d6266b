import { plainText } from '../plain-text.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Not allowed in XML, however they are written (XML 1.0, "Char"). */
const forbidden = /[\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** A value from outside as text of HTML or XML, in content and in attributes. */
export function escaped(text: string): string {
  return plainText(text)
    .replace(forbidden, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
