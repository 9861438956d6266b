import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { SharingModelValue } from '../../practice-org/sharing/sharing.ts';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { applyDefinition, definitionFrom } from '../support/apply.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

const username = 'hubspot@acme.example';
const assignment = `HubSpot_Integration_Access → ${username}`;
const user = `integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
`;
const shared = `share:
  organizationWideDefaults: manage
  objects: { Lead: { access: read, flagInitially: "LastName LIKE '%1'" } }
`;
const definition = definitionFrom(`${user}grant: { objects: { Lead: [read] } }\n${shared}`);

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;

beforeEach(async () => {
  server = await startPracticeServer({ records: 40 });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
});
afterEach(() => server.close());

const setDefault = (internal: SharingModelValue): void =>
  server.org.sharing.setModels(new Map([['Lead', { internal, external: 'Private' as const }]]));

/** `afterwards` happens as soon as the access is given. */
function applyWhile(afterwards: () => unknown = () => undefined): Promise<EngineOutcome> {
  return applyDefinition(connection, definition, {
    progress: (event) => {
      if (event.kind === 'stageEnded' && event.stage.phases.includes('access')) afterwards();
    },
  });
}

const leadsOfUser = async (): Promise<number | 'none'> => {
  const token = await client.tokenOf(username);
  return client.query('SELECT Id FROM Lead', { token }).then(
    (rows) => rows.length,
    () => 'none',
  );
};
const statusOf = ({ result }: EngineOutcome, name: string): string | undefined =>
  result.changes.find((change) => change.name === name)?.status;
const findingsOf = ({ result }: EngineOutcome): readonly string[] =>
  result.findings.map(({ code }) => code).filter((code) => code.startsWith('Access'));

describe('Given a run that gives the integration user its access', () => {
  it('When a default turns out to be open, Then the access of this run is taken back, and the rest is kept', async () => {
    const outcome = await applyWhile(() => setDefault('Read'));
    expect({
      exitCode: outcome.exitCode,
      findings: findingsOf(outcome),
      assignment: statusOf(outcome, assignment),
      visible: await leadsOfUser(),
    }).toEqual({ exitCode: 68, findings: ['AccessTakenBack'], assignment: 'failed', visible: 'none' });
  });

  it('When the default is closed again and the command runs again, Then it finishes', async () => {
    await applyWhile(() => setDefault('Read'));
    setDefault('Private');
    const outcome = await applyWhile();
    expect({ exitCode: outcome.exitCode, visible: await leadsOfUser() }).toEqual({ exitCode: 0, visible: 2 });
  });

  it('When the access can’t be taken back, Then that is said, with what to do, and the run has not succeeded', async () => {
    await client.post('/__practice__/faults', [
      { method: 'DELETE', status: 400, errorCode: 'INSUFFICIENT_ACCESS', message: 'not today' },
      { path: 'composite', body: 'DELETE', status: 400, errorCode: 'INSUFFICIENT_ACCESS', message: 'not today' },
    ]);
    const outcome = await applyWhile(() => setDefault('Read'));
    const finding = outcome.result.findings.find(({ code }) => code.startsWith('Access'));
    expect({ exitCode: outcome.exitCode, finding }).toMatchObject({
      exitCode: 68,
      finding: {
        code: 'AccessNotTakenBack',
        fix: expect.stringContaining('Remove the permission set assignments') as string,
      },
    });
  });

  it.each([
    ['refuses to say', { status: 400, errorCode: 'INVALID_TYPE', message: 'not supported' }],
    ['does not say', { status: 503 }],
  ])('When Salesforce %s what the user can read now, Then that is told, with what to do', async (_, answer) => {
    const fault = { ...answer, path: 'UserRecordAccess' };
    const outcome = await applyWhile(() => client.post('/__practice__/faults', [fault]));
    const finding = outcome.result.findings.find(({ code }) => code.startsWith('Access'));
    expect({ exitCode: outcome.exitCode, assignment: statusOf(outcome, assignment), finding }).toMatchObject({
      exitCode: 3,
      assignment: 'applied',
      finding: { code: 'AccessNotMeasured', fix: expect.stringContaining('integration-user verify') as string },
    });
  });

  it('When a permission set that was assigned before comes to show an open object, Then that is told', async () => {
    const accounts = shared.replace(/Lead:.*/, 'Account: { access: read } }');
    await applyDefinition(connection, definitionFrom(`${user}grant: { objects: { Account: [read] } }\n${accounts}`));
    const outcome = await applyWhile(() => setDefault('Read'));
    expect({ exitCode: outcome.exitCode, findings: findingsOf(outcome) }).toMatchObject({
      exitCode: 68,
      findings: expect.arrayContaining(['AccessNotTakenBack']) as string[],
    });
  });

  it('When an unflagged record was shared by hand, Then it is accounted for, and the access stays', async () => {
    await applyWhile();
    await unassign();
    await shareByHand();
    const outcome = await applyWhile();
    expect({ exitCode: outcome.exitCode, findings: findingsOf(outcome), visible: await leadsOfUser() }).toEqual({
      exitCode: 0,
      findings: [],
      visible: 3,
    });
  });
});

async function unassign(): Promise<void> {
  const [row] = await client.query<{ readonly Id: string }>(
    `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${username}' AND PermissionSet.Name = 'HubSpot_Integration_Access'`,
  );
  await client.send('DELETE', `/services/data/v66.0/sobjects/PermissionSetAssignment/${row?.Id ?? ''}`);
}

async function shareByHand(): Promise<void> {
  const [user] = await client.query<{ readonly Id: string }>(`SELECT Id FROM User WHERE Username = '${username}'`);
  const [lead] = await client.query<{ readonly Id: string }>(
    'SELECT Id FROM Lead WHERE Send_to_HubSpot__c = false ORDER BY Id LIMIT 1',
  );
  const { status, text } = await client.post('/services/data/v66.0/sobjects/LeadShare', {
    LeadId: lead?.Id,
    UserOrGroupId: user?.Id,
    LeadAccessLevel: 'Read',
  });
  if (status !== 201) throw new Error(text);
}
