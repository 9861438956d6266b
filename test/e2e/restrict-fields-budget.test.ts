import type { Connection } from '@salesforce/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { practiceUsername } from '../support/engine.ts';
import { assign, foreignSet, integrationUserOn, oldProfile, requestsOf, restrictFields } from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

let server: PracticeServer;

afterEach(async () => {
  await server.close();
});

type Wide = { readonly connection: Connection; readonly client: PracticeClient; readonly fields: readonly string[] };

/** An org with many custom fields, all of which the integration profile shows. */
async function wideOrg(
  objects: number,
  fieldsOfEach: number,
  fieldPermissions: 'rows' | 'refused' = 'rows',
): Promise<Wide> {
  server = await startPracticeServer({ records: 0, quirks: { 'field-permissions': fieldPermissions } });
  const client = new PracticeClient(() => server);
  const names = Array.from({ length: objects }, (_, index) => `Wide_${index}__c`);
  const fieldNames = Array.from({ length: fieldsOfEach }, (_, index) => `Field_${index}__c`);
  const fields = names.flatMap((object) => fieldNames.map((field) => `${object}.${field}`));
  await deploy(client, {
    'package.xml': manifestOf({ CustomObject: names, Profile: [oldProfile] }),
    ...Object.fromEntries(names.map((name) => [`objects/${name}.object`, customObject(fieldNames)])),
    [`profiles/${oldProfile}.profile`]: metadataDocument(
      'Profile',
      `<custom>false</custom>${fields.map((field) => `<fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions>`).join('')}<userLicense>Salesforce Integration</userLicense>`,
    ),
  });
  const userId = await integrationUserOn(client, oldProfile, practiceUsername);
  const reader = await foreignSet(client, 'Reader', { objects: Object.fromEntries(names.map((name) => [name, {}])) });
  await assign(client, userId, reader);
  return { connection: await connectTo(server), client, fields };
}

function customObject(fields: readonly string[]): string {
  const elements = fields.map(
    (name) => `<fields><fullName>${name}</fullName><label>${name}</label><length>20</length><type>Text</type></fields>`,
  );
  return metadataDocument(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus>${elements.join('')}<label>Wide</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>Wide</pluralLabel><sharingModel>ReadWrite</sharingModel>`,
  );
}

describe('Given 500 visible fields over ten objects', () => {
  it.each(['rows', 'refused'] as const)(
    'When all are hidden and rows are %s, Then it takes at most 15 requests, and a second run writes nothing',
    async (fieldPermissions) => {
      const { client, connection, fields } = await wideOrg(10, 50, fieldPermissions);
      const first = await requestsOf(client, () => restrictFields(connection, { fields }));
      const second = await requestsOf(client, () => restrictFields(connection, { fields }));
      expect({
        exitCode: first.outcome.exitCode,
        hidden: first.outcome.result.changes.filter(({ status }) => status === 'applied').length,
        inBudget: first.requests.length <= 15,
        written: second.requests.filter(({ changed }) => changed > 0),
      }).toEqual({ exitCode: 0, hidden: 500, inBudget: true, written: [] });
    },
  );
});

describe('Given 10,000 visible fields', () => {
  it('When all are looked at, Then the plan is there within seconds', async () => {
    const { connection } = await wideOrg(20, 500);
    const started = performance.now();
    const { result } = await restrictFields(
      connection,
      { fields: Array.from({ length: 20 }, (_, index) => `Wide_${index}__c.*`) },
      { dryRun: true },
    );
    const seconds = (performance.now() - started) / 1000;
    expect({ planned: result.changes.length, quick: seconds < 15 }).toEqual({ planned: 10_000, quick: true });
  }, 120_000);
});
