import type { Connection } from '@salesforce/core';
import type { Identity } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { OrgPort } from '../port.js';
import { soql } from '../soql.js';
import { createBulkPort } from './bulk.js';
import { deploy } from './deployments.js';
import { describeObject } from './descriptions.js';
import { toOrgError } from '../failure.js';
import { listMetadata, readMetadata } from './metadata-reads.js';
import { count, queryAll } from './queries.js';
import { RequestCounter } from './request-counter.js';
import { RequestFailure, Transport } from './transport.js';
import { write, writeRows } from './writes.js';

/** The org behind a connection. Pass the counter that was started before the login, so that its requests count too. */
export function createOrgPort(connection: Connection, counter = new RequestCounter()): OrgPort {
  const transport = new Transport(connection, counter);
  let identity: Promise<Identity> | undefined;
  return {
    username: connection.getUsername() ?? '',
    apiVersion: connection.getApiVersion(),
    identity: () => (identity ??= whoAmI(transport)),
    queryAll: (queries) => queryAll(transport, queries),
    count: (query, timeoutMs) => count(transport, query, timeoutMs),
    describe: (sobject) => describeObject(transport, sobject),
    readMetadata: (type, fullNames) => readMetadata(transport, type, fullNames),
    listMetadata: (types) => listMetadata(transport, types),
    write: (requests) => write(transport, requests),
    writeRows: (method, sobject, rows) => writeRows(transport, method, sobject, rows),
    deploy: (deployment, options) => deploy(transport, deployment, options),
    resetPassword: (userId) => resetPassword(transport, userId),
    bulk: createBulkPort(transport),
    requestCounts: () => counter.counts(),
  };
}

async function whoAmI(transport: Transport): Promise<Identity> {
  const { connection } = transport;
  const username = connection.getUsername() ?? '';
  const [answer] = await queryAll(transport, [
    { soql: soql`SELECT Id, Username FROM User WHERE Username = ${username}`, api: 'rest' },
  ]);
  const row = answer?.ok === true ? answer.value[0] : undefined;
  const organizationId = connection.getAuthInfoFields().orgId ?? '';
  return { userId: row === undefined ? '' : (textAt(row, 'Id') ?? ''), username, organizationId };
}

/** Salesforce resets the password and mails a link to set a new one. */
async function resetPassword(transport: Transport, userId: string): Promise<void> {
  try {
    await transport.sendOnce({ method: 'DELETE', path: `/sobjects/User/${userId}/password` }, isAnswer);
  } catch (error) {
    throw error instanceof RequestFailure ? toOrgError(error.failure) : error;
  }
}

/** What the body says does not matter: that there is an answer is all. */
function isAnswer(body: unknown): body is string | object | undefined {
  return body !== null;
}
