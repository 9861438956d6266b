import { beforeEach, describe, expect, it } from 'vitest';
import { ApplyScenario } from '../support/apply-scenario.ts';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';

const username = 'hubspot@acme.example';
const definition = `integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
grant: { objects: { Account: [read] } }
share:
  organizationWideDefaults: manage
  objects: { Account: { access: read, flagInitially: "Industry = 'Technology'" } }
`;
const enough = { waitMs: 30_000 };
const none = { waitMs: 0 };

describe('Given an org that shows new defaults before they are in effect, and one that somebody opened by hand', () => {
  const org = new ApplyScenario();
  let flagged: readonly string[];

  beforeEach(async () => {
    await org.given({ recalculationMs: 600, quirks: { 'entity-definition': 'instant' } });
    await org.apply(definition, enough);
    flagged = (await org.seen(username, 'Account')).ids;
    await deploy(org.client, {
      'package.xml': manifestOf({ CustomObject: ['Account'] }),
      'objects/Account.object': metadataDocument(
        'CustomObject',
        '<externalSharingModel>Private</externalSharingModel><sharingModel>Read</sharingModel>',
      ),
    });
    await expect.poll(() => org.server.org.sharing.recalculating()).toBe(false);
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
