import { malformedQuery } from './query-error.ts';

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  // In a LIKE pattern these two mean the character itself; elsewhere they are accepted too.
  _: '_',
  '%': '%',
};

function unescaped(sequence: string, literal: string): string {
  if (/^\\u[0-9a-fA-F]{4}$/.test(sequence)) return String.fromCharCode(Number.parseInt(sequence.slice(2), 16));
  const meaning = escapes[sequence.charAt(1)];
  if (meaning !== undefined) return meaning;
  throw malformedQuery(
    `Invalid string literal '${literal}'. Illegal character sequence '${sequence}' in string literal.`,
  );
}

const escapeSequence = /\\(?:u[0-9a-fA-F]{4}|[^])/g;

/** The value that a literal, given without its quotes, stands for. */
export function stringValue(literal: string): string {
  return literal.replace(escapeSequence, (sequence) => unescaped(sequence, literal));
}

/** A test for LIKE: % any characters, _ one, both escapable; letters of either case. */
export function likeTest(literal: string): (text: string) => boolean {
  const source = literal.replace(/\\(?:u[0-9a-fA-F]{4}|[^])|[^]/g, (part) => {
    if (part === '%') return '[^]*';
    if (part === '_') return '[^]';
    const character = part.length > 1 ? unescaped(part, literal) : part;
    return character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  const pattern = new RegExp(`^${source}$`, 'i');
  return (text) => pattern.test(text);
}

/** Writes a value as a literal that reads back the same. */
export function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
