const significantCharacters = 15;
const charactersOfSuffix = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Each character of the suffix stands for so many characters of the Id. */
const charactersInPart = 5;

/**
 * The record Id that a text stands for; null where it is none: Salesforce refuses a whole query for one Id with a wrong suffix.
 * The suffix says which characters are upper case, so that an Id is restored whose case was lost on the way.
 * https://codebycody.com/salesforces-algorithm-for-converting-ids-from-15-to-18-characters
 */
export function recordIdOf(text: string): string | null {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text)) return null;
  const id = significant(text);
  const suffix = text.slice(significantCharacters).toUpperCase();
  if (suffix === '' || suffix === suffixOf(id)) return id + suffix;
  // Where both cases occur, the case was not lost, and what the suffix would make of it could be another record.
  if (id !== id.toLowerCase() && id !== id.toUpperCase()) return null;
  const restored = inCaseOf(suffix, id);
  return suffixOf(restored) === suffix ? restored + suffix : null;
}

/** Ids of 15 and of 18 characters are the same in these. */
export function significant(id: string): string {
  return id.slice(0, significantCharacters);
}

function suffixOf(id: string): string {
  return [0, 1, 2]
    .map((part) => id.slice(part * charactersInPart, (part + 1) * charactersInPart))
    .map((part) =>
      Array.from(part).reduce((bits, character, bit) => bits + (/[A-Z]/.test(character) ? 2 ** bit : 0), 0),
    )
    .map((bits) => charactersOfSuffix.charAt(bits))
    .join('');
}

function inCaseOf(suffix: string, id: string): string {
  return Array.from(id)
    .map((character, index) => {
      const bits = charactersOfSuffix.indexOf(suffix.charAt(Math.floor(index / charactersInPart)));
      const isUpper = Math.floor(bits / 2 ** (index % charactersInPart)) % 2 === 1;
      return isUpper ? character.toUpperCase() : character.toLowerCase();
    })
    .join('');
}
