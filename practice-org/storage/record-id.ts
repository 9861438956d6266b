/**
 * Salesforce Ids: a key prefix of 3 characters, 3 that name the instance and a base-62 number of 9; the 18-character form
 * adds a checksum of the letter cases, so that it also survives systems that do not tell upper case from lower case.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const prefixLength = 6;
const shortLength = 15;

export type IdFormat = { readonly keyPrefix: string; readonly instance: string };

function isUpperCase(code: number): boolean {
  return code >= 65 && code <= 90;
}

/** Ids are made by the million in a scan, so they are put together in one place and not from pieces of text. */
const scratch = new DataView(new ArrayBuffer(shortLength + 3));

export function formatId({ keyPrefix, instance }: IdFormat, sequence: number): string {
  for (let at = 0; at < 3; at++) {
    scratch.setUint8(at, keyPrefix.charCodeAt(at));
    scratch.setUint8(at + 3, instance.charCodeAt(at));
  }
  let rest = sequence;
  for (let at = shortLength - 1; at >= prefixLength; at--) {
    const next = Math.floor(rest / 62);
    scratch.setUint8(at, digits.charCodeAt(rest - next * 62));
    rest = next;
  }
  return completeScratch();
}

function completeScratch(): string {
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let offset = 0; offset < 5; offset++) {
      if (isUpperCase(scratch.getUint8(block * 5 + offset))) bits |= 1 << offset;
    }
    scratch.setUint8(shortLength + block, checksumAlphabet.charCodeAt(bits));
  }
  return sixCharacters(0) + sixCharacters(6) + sixCharacters(12);
}

/** Spelled out because it is several times as fast as decoding the buffer. */
function sixCharacters(at: number): string {
  return String.fromCharCode(
    scratch.getUint8(at),
    scratch.getUint8(at + 1),
    scratch.getUint8(at + 2),
    scratch.getUint8(at + 3),
    scratch.getUint8(at + 4),
    scratch.getUint8(at + 5),
  );
}

function completed(id15: string): string {
  for (let at = 0; at < shortLength; at++) scratch.setUint8(at, id15.charCodeAt(at));
  return completeScratch();
}

/** The number inside an Id of this format (18 characters, exact case), or undefined when it is another object's Id. */
export function parseId(format: IdFormat, id18: string): number | undefined {
  if (id18.length !== 18 || !id18.startsWith(format.keyPrefix + format.instance)) return undefined;
  let sequence = 0;
  for (let at = prefixLength; at < shortLength; at++) {
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
  if (id.length === shortLength) return /^[0-9A-Za-z]{15}$/.test(id) ? completed(id) : undefined;
  if (id.length !== 18 || !/^[0-9A-Za-z]{15}[A-Za-z0-5]{3}$/.test(id)) return undefined;
  if (hasChecksum(id)) return id;
  const suffix = id.slice(shortLength).toUpperCase();
  const exact = id.slice(0, shortLength) + suffix;
  if (hasChecksum(exact)) return exact;
  const restored = restoreCase(id, suffix) + suffix;
  return hasChecksum(restored) ? restored : undefined;
}

function restoreCase(id: string, suffix: string): string {
  let restored = '';
  for (let at = 0; at < shortLength; at++) {
    const bits = checksumAlphabet.indexOf(suffix.charAt(Math.floor(at / 5)));
    const character = id.charAt(at);
    restored += (bits >> (at % 5)) & 1 ? character.toUpperCase() : character.toLowerCase();
  }
  return restored;
}
