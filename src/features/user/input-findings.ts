import type { Definition, UserPart } from '../../definition/definition.js';
import type { Finding } from '../../planning/finding.js';
import { texts } from './texts.js';

const longestUsername = 80;
const longestEmail = 80;
const longestLastName = 80;
const longestFirstName = 40;

/** The form of an email address in the characters that Salesforce takes for usernames (help, "Username"). */
const usernameForm =
  /^[A-Za-z0-9.!#$%&'*+\-/=?^_`{|}~]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;

/** What is wrong with the request before the org is asked. */
export function inputFindings(definition: Definition, user: UserPart): readonly Finding[] {
  const { username, integration } = definition;
  return [
    ...when(!isAddress(username), () => texts.finding('error', 'InvalidUsername', username, [username])),
    ...tooLong('Username', username, longestUsername),
    ...when(user.email !== null && !isAddress(user.email), () =>
      texts.finding('error', 'InvalidEmail', user.email ?? '', [user.email ?? '']),
    ),
    ...tooLong('Email', user.email, longestEmail),
    ...when(user.lastName.trim() === '', () => texts.finding('error', 'LastNameMissing', username)),
    ...tooLong('LastName', user.lastName, longestLastName),
    ...tooLong('FirstName', user.firstName, longestFirstName),
    ...when(integration !== null && integration.trim() === '', () =>
      texts.finding('error', 'IntegrationNameMissing', username),
    ),
  ];
}

function isAddress(text: string): boolean {
  return usernameForm.test(text) && !text.includes('..') && !text.startsWith('.') && !text.includes('.@');
}

function tooLong(field: string, value: string | null, longest: number): readonly Finding[] {
  if (value === null || value.length <= longest) return [];
  return [texts.finding('error', 'ValueTooLong', field, [field, value.length, longest])];
}

function when(condition: boolean, finding: () => Finding): readonly Finding[] {
  return condition ? [finding()] : [];
}
