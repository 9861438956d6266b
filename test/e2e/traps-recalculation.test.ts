import { beforeEach, describe, expect, it } from 'vitest';
import type { ApplyOptions } from '../../src/engine/apply.js';
import type { OrgPort } from '../../src/org/port.js';
import { ApplyScenario } from '../support/apply-scenario.ts';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { answering, noRows, tooSlow } from '../support/refusing-port.ts';

const username = 'hubspot@acme.example';
const definition = `integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
grant: { objects: { Account: [read] } }
share:
  organizationWideDefaults: manage
  objects: { Account: { access: read, flagInitially: "Industry = 'Technology'" } }
`;
const none = { waitMs: 0 };

describe('Given an org that shows new defaults before they are in effect, and one that somebody opened by hand', () => {
  const org = new ApplyScenario();
  let flagged: readonly string[];
  const isOver = (): void => org.server.org.sharing.settle();
  /** The recalculation ends when the run is found waiting for it. */
  const enough: Partial<ApplyOptions> = {
    waitMs: 30_000,
    progress: ({ kind }) => (kind === 'waiting' || kind === 'retrying' ? isOver() : undefined),
  };

  beforeEach(async () => {
    await org.given({ recalculationMs: 600_000, quirks: { 'entity-definition': 'instant' } });
    await org.apply(definition, enough);
    flagged = (await org.seen(username, 'Account')).ids;
    await deploy(org.client, {
      'package.xml': manifestOf({ CustomObject: ['Account'] }),
      'objects/Account.object': metadataDocument(
        'CustomObject',
        '<externalSharingModel>Private</externalSharingModel><sharingModel>Read</sharingModel>',
      ),
    });
    isOver();
  });

  const withoutAssignment = async (): Promise<void> => {
    const [assignment] = await org.ids(
      "SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'HubSpot_Integration_Access'",
    );
    await org.client.send('DELETE', `/services/data/v66.0/sobjects/PermissionSetAssignment/${assignment ?? ''}`);
  };

  it('When the user is to get its access back and there is no time to wait, Then it gets none yet', async () => {
    await withoutAssignment();
    const run = await org.apply(definition, none);
    expect({ exitCode: run.exitCode, seen: (await org.seen(username, 'Account')).ids }).toEqual({
      exitCode: 69,
      seen: [],
    });
  });

  it('When the user is to get its access back and there is time, Then it sees the flagged records from the start', async () => {
    await withoutAssignment();
    const run = await org.apply(definition, enough);
    expect({ exitCode: run.exitCode, seen: (await org.seen(username, 'Account')).ids }).toEqual({
      exitCode: 0,
      seen: flagged,
    });
  });

  it('When the user has its access and there is no time to wait, Then every run says that it is not over', async () => {
    const codes = [(await org.apply(definition, none)).exitCode, (await org.apply(definition, none)).exitCode];
    expect(codes).toEqual([69, 69]);
  });

  const untold = [
    ['refuses to say', tooSlow],
    ['says nothing about', noRows],
  ] as const;

  it.each(untold)(
    'When Salesforce %s what the user reads, Then the default is not called applied, also by the next run',
    async (_, answer) => {
      const through = (port: OrgPort): OrgPort => answering(/FROM UserRecordAccess/, answer, port);
      const first = await org.apply(definition, { ...none, through });
      const second = await org.apply(definition, { ...none, through });
      expect([first.exitCode, first.statuses['update CustomObject Account'], second.exitCode]).toEqual([
        69,
        'pending',
        69,
      ]);
    },
  );

  it.each(untold)(
    'When Salesforce %s what the user reads, Then the user gets no access that it has not got',
    async (_, answer) => {
      await withoutAssignment();
      const through = (port: OrgPort): OrgPort => answering(/FROM UserRecordAccess/, answer, port);
      await org.apply(definition, { ...none, through });
      expect((await org.seen(username, 'Account')).ids).toEqual([]);
    },
  );

  it('When the same command runs again with time, Then it ends when only the flagged records are left', async () => {
    await org.apply(definition, none);
    const run = await org.apply(definition, enough);
    expect({ ...run, seen: (await org.seen(username, 'Account')).ids }).toMatchObject({
      exitCode: 0,
      writes: 0,
      seen: flagged,
    });
  });
});

describe('Given an org that shows new defaults before they are in effect', () => {
  const org = new ApplyScenario();

  it('When all is applied for the first time while the user looks again and again, Then it sees only flagged records', async () => {
    await org.given({ recalculationMs: 400, quirks: { 'entity-definition': 'instant' } });
    const seen = new Set<string>();
    let running = true;
    const look = async (): Promise<void> => {
      while (running) {
        const exists = (await org.ids(`SELECT Id FROM User WHERE Username = '${username}'`)).length > 0;
        if (exists) for (const id of (await org.seen(username, 'Account')).ids) seen.add(id);
      }
    };
    const apply = async (): Promise<void> => {
      await org.apply(definition, { waitMs: 30_000 });
      running = false;
    };
    await Promise.all([apply(), look()]);
    const flagged = await org.ids('SELECT Id FROM Account WHERE Send_to_HubSpot__c = true');
    expect([...seen].filter((id) => !flagged.includes(id))).toEqual([]);
  });
});
