import type { Connection } from '@salesforce/core';
import type { ObjectDescription } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { OrgPort, Read, RunningUser } from '../port.js';
import { soql } from '../soql.js';
import { createBulkPort } from './bulk.js';
import { deploy } from './deployments.js';
import { explainRefusal, toOrgError, unknownRunner } from '../failure.js';
import { listMetadata, readMetadata } from './metadata-reads.js';
import { count, countAll, readTogether } from './queries.js';
import { RequestCounter } from './request-counter.js';
import { RequestFailure, Transport } from './transport.js';
import { write, writeRows } from './writes.js';

/** The org behind a connection. Pass the counter that was started before the login, so that its requests count too. */
export function createOrgPort(connection: Connection, counter = new RequestCounter()): OrgPort {
  const transport = new Transport(connection, counter);
  const lists = rememberedLists((types) => listMetadata(transport, types));
  let identity: Promise<RunningUser> | undefined;
  return {
    username: connection.getUsername() ?? '',
    apiVersion: connection.getApiVersion(),
    identity: () =>
      (identity ??= whoAmI(transport).catch((error: unknown) => {
        identity = undefined;
        throw error;
      })),
    queryAll: async (queries) => (await readTogether(transport, queries, [])).rows,
    readTogether: (queries, sobjects) => readTogether(transport, queries, sobjects),
    count: (query, timeoutMs) => count(transport, { soql: query, timeoutMs }),
    countAll: (queries) => countAll(transport, queries),
    describe: (sobject) => describe(transport, sobject),
    readMetadata: (type, fullNames) => readMetadata(transport, type, fullNames),
    listMetadata: (types) => lists.ask(types),
    write: (requests) => write(transport, requests),
    writeRows: (method, sobject, rows) => writeRows(transport, method, sobject, rows),
    deploy: (deployment, options) => {
      lists.forget([...deployment.components, ...deployment.destroy].map(({ type }) => type));
      return deploy(transport, deployment, options);
    },
    resetPassword: (userId) => resetPassword(transport, userId),
    bulk: createBulkPort(transport),
    requestCounts: () => counter.counts(),
  };
}

type Lists = ReadonlyArray<Read<readonly string[]>>;

/** Which components there are changes by deployments only: within a run a type is listed once, and again after one of it. */
function rememberedLists(list: (types: readonly string[]) => Promise<Lists>): {
  readonly ask: (types: readonly string[]) => Promise<Lists>;
  readonly forget: (types: readonly string[]) => void;
} {
  const known = new Map<string, Read<readonly string[]>>();
  return {
    ask: async (types) => {
      const open = types.filter((type) => !known.has(type));
      const answers = await list(open);
      open.forEach((type, index) => {
        const answer = answers[index];
        if (answer !== undefined) known.set(type, answer);
      });
      return types.map((type) => known.get(type) ?? { ok: true, value: [] });
    },
    forget: (types) => types.forEach((type) => known.delete(type)),
  };
}

async function describe(transport: Transport, sobject: string): Promise<Read<ObjectDescription>> {
  const [description] = (await readTogether(transport, [], [sobject])).descriptions;
  if (description === undefined) throw new Error(`${sobject} was not described.`);
  return description;
}

async function whoAmI(transport: Transport): Promise<RunningUser> {
  const { connection } = transport;
  const username = connection.getUsername() ?? '';
  const ownRow = { soql: soql`SELECT Id, Username FROM User WHERE Username = ${username}`, api: 'rest' } as const;
  const [answer] = (await readTogether(transport, [ownRow], [])).rows;
  if (answer?.ok === false) throw explainRefusal(answer.refusal);
  const userId = textAt(answer?.value[0] ?? {}, 'Id');
  if (userId === null) throw unknownRunner(username);
  return { userId, username, organizationId: connection.getAuthInfoFields().orgId ?? '' };
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
