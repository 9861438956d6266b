import { SalesforceError } from '../org/errors.ts';
import { resourceNotFound } from '../server/error-reply.ts';
import { json, type Reply } from '../server/reply.ts';
import type { Values } from '../storage/table.ts';
import { parameter, type ApiCall } from './api-call.ts';

/** OpenID Connect user info: the first thing the CLI asks at `org login access-token`. */
export function userInfo(call: ApiCall): Reply {
  const user = callersRow(call);
  const { org, instanceUrl } = call.services;
  const origin = instanceUrl();
  return json(200, {
    sub: `${origin}/id/${org.organizationId}/${call.caller.userId}`,
    user_id: call.caller.userId,
    organization_id: org.organizationId,
    preferred_username: user['Username'],
    nickname: user['CommunityNickname'],
    name: user['Name'],
    email: user['Email'],
    email_verified: true,
    given_name: user['FirstName'],
    family_name: user['LastName'],
    zoneinfo: user['TimeZoneSidKey'],
    address: address(user),
    is_salesforce_integration_user: false,
    profile: `${origin}/${call.caller.userId}`,
    active: user['IsActive'],
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    utcOffset: offsetOf(String(user['TimeZoneSidKey'])),
    urls: serviceAddresses(origin, org.organizationId, call.caller.userId),
    updated_at: user['LastModifiedDate'],
  });
}

export function identity(call: ApiCall): Reply {
  const { org, instanceUrl } = call.services;
  if (!sameId(parameter(call, 'organizationId'), org.organizationId)) throw resourceNotFound();
  if (!sameId(parameter(call, 'userId'), call.caller.userId)) throw notOneself();
  const user = callersRow(call);
  return json(200, {
    id: `${instanceUrl()}/id/${org.organizationId}/${call.caller.userId}`,
    asserted_user: true,
    user_id: call.caller.userId,
    organization_id: org.organizationId,
    username: user['Username'],
    nick_name: user['CommunityNickname'],
    display_name: user['Name'],
    email: user['Email'],
    email_verified: true,
    first_name: user['FirstName'],
    last_name: user['LastName'],
    timezone: user['TimeZoneSidKey'],
    active: user['IsActive'],
    user_type: 'STANDARD',
    language: user['LanguageLocaleKey'],
    locale: user['LocaleSidKey'],
    urls: serviceAddresses(instanceUrl(), org.organizationId, call.caller.userId),
    last_modified_date: user['LastModifiedDate'],
    is_app_installed: true,
  });
}

/** Parts without a value are left out. */
function address(user: Values): Readonly<Record<string, string>> {
  const parts = {
    street_address: user['Street'],
    locality: user['City'],
    region: user['State'],
    postal_code: user['PostalCode'],
    country: user['Country'],
  };
  const given = Object.entries(parts).filter((part): part is [string, string] => typeof part[1] === 'string');
  return Object.fromEntries(given);
}

/** Milliseconds between the zone's standard time and UTC, which is what the platform gives all year round. */
function offsetOf(timeZone: string): number {
  const january = new Date(Date.UTC(2026, 0, 1));
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const text = format.formatToParts(january).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function callersRow(call: ApiCall): Values {
  const user = call.services.org.store.find('User', call.caller.userId);
  if (user === undefined) throw resourceNotFound();
  return user;
}

function sameId(given: string, own: string): boolean {
  return given.slice(0, 15) === own.slice(0, 15);
}

function notOneself(): SalesforceError {
  return new SalesforceError('INSUFFICIENT_ACCESS', 'insufficient access rights on object id', { httpStatus: 403 });
}

/** `{version}` stays in the text: it is a template that clients fill in. */
function serviceAddresses(address: string, organizationId: string, userId: string): Readonly<Record<string, string>> {
  const data = `${address}/services/data/v{version}`;
  return {
    enterprise: `${address}/services/Soap/c/{version}/${organizationId.slice(0, 15)}`,
    metadata: `${address}/services/Soap/m/{version}/${organizationId.slice(0, 15)}`,
    partner: `${address}/services/Soap/u/{version}/${organizationId.slice(0, 15)}`,
    rest: `${data}/`,
    sobjects: `${data}/sobjects/`,
    search: `${data}/search/`,
    query: `${data}/query/`,
    profile: `${address}/${userId}`,
    tooling_rest: `${data}/tooling/`,
    tooling_soap: `${address}/services/Soap/T/{version}/${organizationId.slice(0, 15)}`,
    custom_domain: address,
  };
}
