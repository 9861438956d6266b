import type { Connection } from '@salesforce/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { SharingRule } from '../../practice-org/sharing/sharing.ts';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';
import { idsOf, readingIntegrationUser, shareByFlag, sharedObject, sharePart } from '../support/sharing.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;

const share = sharePart([
  sharedObject('Account', { flagInitially: "Name LIKE '%1'" }),
  sharedObject('Contact', { flagInitially: "LastName LIKE '%1'" }),
]);

async function given(settings: SettingsOverrides): Promise<void> {
  server = await startPracticeServer({ records: 20, ...settings });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  await readingIntegrationUser(client, ['Account', 'Contact']);
  // The new user's own recalculation is none of this test's business.
  await expect.poll(() => server.org.sharing.recalculating(), { timeout: 10_000 }).toBe(false);
}

afterEach(async () => {
  await server.close();
});

const visibleContacts = async (): Promise<readonly string[]> =>
  idsOf(client, 'Contact', { token: await client.tokenOf(practiceUsername) });
const flaggedContacts = (): Promise<readonly string[]> =>
  idsOf(client, 'Contact', { where: 'Send_to_HubSpot__c = true AND AccountId != null' });

/** Somebody else's rule on another object: its recalculation forbids new defaults. */
const foreignRule: SharingRule = {
  kind: 'criteria',
  object: 'Campaign',
  fullName: 'Somebody_elses',
  label: 'Somebody else’s',
  description: null,
  accessLevel: 'Read',
  accountSettings: null,
  sharedTo: { kind: 'allInternalUsers' },
  sharedFrom: null,
  booleanFilter: null,
  criteriaItems: [{ field: 'Name', operation: 'equals', value: 'Fair' }],
  includeRecordsOwnedByAll: true,
  includeHVUOwnedRecords: false,
};

describe.each(['en_US', 'fr', 'de'] as const)('Given an org in %s that takes its time to recalculate', (language) => {
  it('When objects are shared, Then the run waits and finishes', async () => {
    await given({ recalculationMs: 600, quirks: { language } });
    const { exitCode } = await shareByFlag(connection, share);
    const flagged = await flaggedContacts();
    expect({ exitCode, some: flagged.length > 0, visible: await visibleContacts() }).toEqual({
      exitCode: 0,
      some: true,
      visible: flagged,
    });
  });

  it('When it may not wait, Then it ends with 69 each time until the same command finishes', async () => {
    await given({ recalculationMs: 600, quirks: { language } });
    const exitCodes = new Set<number>();
    const ended = expect.poll(
      async () => {
        const { exitCode } = await shareByFlag(connection, share, { waitMs: 0 });
        exitCodes.add(exitCode);
        return exitCode;
      },
      { timeout: 15_000, interval: 100 },
    );
    await ended.toBe(0);
    expect({ exitCodes: [...exitCodes], visible: await visibleContacts() }).toEqual({
      exitCodes: [69, 0],
      visible: await flaggedContacts(),
    });
  });

  it('When somebody else’s change locks sharing, Then it is tried again and done', async () => {
    await given({ recalculationMs: 1_000, quirks: { language } });
    server.org.sharing.setModels(new Map([['Campaign', { internal: 'Private', external: 'Private' }]]));
    server.org.sharing.settle();
    const reasons: string[] = [];
    const { exitCode } = await shareByFlag(connection, share, {
      progress: (event) => {
        // Just before the defaults are deployed, somebody saves a rule.
        if (event.kind === 'stageStarted' && event.stage.phases.includes('owd'))
          server.org.sharing.putRule(foreignRule);
        if (event.kind === 'retrying') reasons.push(event.reason);
      },
    });
    expect({ exitCode, retried: reasons.length > 0, visible: await visibleContacts() }).toEqual({
      exitCode: 0,
      retried: true,
      visible: await flaggedContacts(),
    });
  });
});
