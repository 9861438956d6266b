import { createHash } from 'node:crypto';

const aliasLength = 8;
const nicknameLength = 40;

/** User.Alias, at most 8 characters, from the integration's name or else from the username. */
export function aliasOf(integration: string | null, username: string): string {
  const fromName = lettersAndDigits(integration ?? '');
  const alias = fromName === '' ? lettersAndDigits(username.split('@')[0] ?? '') : fromName;
  return cut(alias === '' ? 'intuser' : alias.toLowerCase(), aliasLength);
}

/**
 * User.CommunityNickname, at most 40 characters and unique in the org. Usernames are unique, their first parts are not: the
 * digest keeps two users of the same first part apart, the same way every time.
 */
export function nicknameOf(username: string): string {
  const folded = username.toLowerCase();
  const digest = createHash('sha256').update(folded).digest('hex').slice(0, 8);
  const first = (folded.split('@')[0] ?? '').replace(/[^a-z0-9._-]+/g, '');
  return `${cut(first, nicknameLength - digest.length - 1)}.${digest}`;
}

function lettersAndDigits(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Never between the two halves of a character. */
function cut(text: string, length: number): string {
  let result = '';
  for (const character of text) {
    if (result.length + character.length > length) break;
    result += character;
  }
  return result;
}
