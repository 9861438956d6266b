import { SalesforceError } from '../org/errors.ts';
import { resourceNotFound } from '../server/error-reply.ts';
import { json, noContent, type Reply } from '../server/reply.ts';
import { parameter, type ApiCall } from './api-call.ts';
import { jsonObject } from './json-body.ts';

/** REST guide, sObject User Password: GET tells whether it expired, POST sets, DELETE resets and mails. */
export function passwordState(call: ApiCall): Reply {
  requireUser(call);
  return json(200, { isExpired: false });
}

export function setPassword(call: ApiCall): Reply {
  requireUser(call);
  const password = jsonObject(call.json())['NewPassword'];
  if (typeof password !== 'string' || password.length < 8) {
    throw new SalesforceError('INVALID_NEW_PASSWORD', 'Your password must be at least 8 characters long.');
  }
  call.effects.changed += 1;
  return noContent();
}

/** The platform mails the new password; over REST the answer carries it as well. */
export function resetPassword(call: ApiCall): Reply {
  const userId = requireUser(call);
  const password = call.services.passwords.reset(userId);
  call.effects.changed += 1;
  return json(200, { NewPassword: password });
}

function requireUser(call: ApiCall): string {
  const { org } = call.services;
  const userId = parameter(call, 'id');
  const table = org.store.table('User');
  const row = table.rowOf(userId);
  if (row === undefined) throw resourceNotFound();
  if (call.method !== 'GET' && !org.access.systemPermission(call.caller.userId, 'ManageInternalUsers')) {
    throw new SalesforceError('INSUFFICIENT_ACCESS', 'insufficient access rights on object id', { httpStatus: 403 });
  }
  return table.idOf(row);
}
