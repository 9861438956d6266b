import { createHash } from 'node:crypto';

/** Length of the hash that keeps apart names which would otherwise become the same. */
const hashLength = 6;

/**
 * An API name as Salesforce allows it (letters, digits, single underscores, a letter first, none last), the same for the
 * same text every time. Where characters had to be dropped or the name did not fit, a hash of the whole text ends it.
 */
export function toApiName(text: string, maxLength: number): string {
  const folded = foldToAscii(text);
  const words = folded.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const plain = startWithLetter(words.join('_'));
  if (!losesMeaning(folded) && plain.length <= maxLength) return plain;
  const kept = plain.slice(0, maxLength - hashLength - 1).replace(/_$/, '');
  return `${kept}_${hashOf(text)}`;
}

/** A label that fits: cut at the end, whole characters only. */
export function shortenLabel(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let label = '';
  for (const character of text) {
    if (label.length + character.length > maxLength - 1) break;
    label += character;
  }
  return `${label.trimEnd()}…`;
}

export function hashOf(text: string): string {
  const digest = createHash('sha256').update(text.normalize('NFC')).digest('hex');
  return BigInt(`0x${digest}`).toString(36).slice(0, hashLength);
}

const ligatures: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
};

/** "Müller" → "Muller": diacritics carry no meaning that an API name could keep. */
function foldToAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæÆœŒøØłŁđĐ]/g, (letter) => ligatures[letter] ?? letter);
}

/** Blanks and the usual separators become underscores without loss; whatever else goes may have told two names apart. */
function losesMeaning(folded: string): boolean {
  return /[^A-Za-z0-9\s_.-]/.test(folded) || !/^[A-Za-z]/.test(folded.trim());
}

function startWithLetter(name: string): string {
  return /^[A-Za-z]/.test(name) ? name : `X${name === '' ? '' : `_${name}`}`;
}
