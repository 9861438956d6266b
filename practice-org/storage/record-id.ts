/**
 * Salesforce Ids: a key prefix of 3 characters, 3 that name the instance and a base-62 number of 9; the 18-character form
 * adds a checksum of the letter cases, so that it also survives systems that do not tell upper case from lower case.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const numberLength = 9;

export type IdFormat = { readonly keyPrefix: string; readonly instance: string };

function isUpperCase(code: number): boolean {
  return code >= 65 && code <= 90;
}

function checksum(id15: string): string {
  return String.fromCharCode(checksumCode(id15, 0), checksumCode(id15, 5), checksumCode(id15, 10));
}

export function formatId(format: IdFormat, sequence: number): string {
  let rest = sequence;
  let number = '';
  while (rest > 0) {
    number = digits[rest % 62] + number;
    rest = Math.floor(rest / 62);
  }
  const id15 = format.keyPrefix + format.instance + number.padStart(numberLength, '0');
  return id15 + checksum(id15);
}

/** The number inside an Id of this format (18 characters, exact case), or undefined when it is another object's Id. */
export function parseId(format: IdFormat, id18: string): number | undefined {
  if (id18.length !== 18 || !id18.startsWith(format.keyPrefix + format.instance)) return undefined;
  let sequence = 0;
  for (let at = 15 - numberLength; at < 15; at++) {
    const digit = digitValue(id18.charCodeAt(at));
    if (digit < 0) return undefined;
    sequence = sequence * 62 + digit;
  }
  return sequence;
}

/** Whether the last three characters are the checksum of the others, which tells an exact Id from a mistyped one. */
export function hasChecksum(id18: string): boolean {
  for (let block = 0; block < 3; block++) {
    if (id18.charCodeAt(15 + block) !== checksumCode(id18, block * 5)) return false;
  }
  return true;
}

function checksumCode(id: string, start: number): number {
  let bits = 0;
  for (let offset = 0; offset < 5; offset++) {
    if (isUpperCase(id.charCodeAt(start + offset))) bits |= 1 << offset;
  }
  return checksumAlphabet.charCodeAt(bits);
}

function digitValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 90) return code - 55;
  if (code >= 97 && code <= 122) return code - 61;
  return -1;
}

/**
 * The canonical 18 characters of an Id given in 15 or 18; undefined for what cannot be an Id. Eighteen characters are
 * accepted in any case, because their checksum says which letters are upper case.
 */
export function normalizeId(id: string): string | undefined {
  if (id.length === 15) return /^[0-9A-Za-z]{15}$/.test(id) ? id + checksum(id) : undefined;
  if (id.length !== 18 || !/^[0-9A-Za-z]{15}[A-Za-z0-5]{3}$/.test(id)) return undefined;
  const suffix = id.slice(15).toUpperCase();
  const id15 = id.slice(0, 15);
  if (checksum(id15) === suffix) return id15 + suffix;
  const restored = restoreCase(id15, suffix);
  return checksum(restored) === suffix ? restored + suffix : undefined;
}

function restoreCase(id15: string, suffix: string): string {
  let restored = '';
  for (let at = 0; at < 15; at++) {
    const bits = checksumAlphabet.indexOf(suffix.charAt(Math.floor(at / 5)));
    const character = id15.charAt(at);
    restored += (bits >> (at % 5)) & 1 ? character.toUpperCase() : character.toLowerCase();
  }
  return restored;
}
