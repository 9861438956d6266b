import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quirkValues, type Quirks } from '../../practice-org/org/settings.ts';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { runEngine, type EngineOutcome } from '../../src/engine/engine.js';
import { allFeatures } from '../../src/features/index.js';
import { renderPackage } from '../../src/metadata/package.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { Deployment, OrgPort } from '../../src/org/port.js';
import { definitionOf, engineOptions, practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { assertValidMetadata } from '../support/metadata-schema.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';
import { describeWithReference } from '../support/reference-data.ts';
import {
  createCustomObject,
  customObject,
  flagField,
  idsOf,
  readingIntegrationUser,
  shareByFlag,
  sharedObject,
  sharePart,
} from '../support/sharing.ts';

const objects = ['Account', 'Contact', 'Lead', customObject];
const share = sharePart([
  sharedObject('Account', { access: 'edit', flagInitially: "Name LIKE '%1'" }),
  sharedObject('Contact', { flagInitially: "LastName LIKE '%2'" }),
  sharedObject('Lead', { flagInitially: "LastName LIKE '%3'" }),
  sharedObject(customObject, { flagInitially: "Name LIKE '%4'" }),
]);

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;
let token: string;

async function given(settings: SettingsOverrides = {}): Promise<void> {
  server = await startPracticeServer({ records: 40, recalculationMs: 100, ...settings });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  await createCustomObject(client, 8);
  await readingIntegrationUser(client, objects);
  token = await client.tokenOf(practiceUsername);
}

afterEach(async () => {
  await server.close();
});

type LoggedRequest = {
  readonly method: string;
  readonly path: string;
  readonly action: string | null;
  readonly changed: number;
};

async function requestsOf(run: () => Promise<unknown>): Promise<readonly LoggedRequest[]> {
  await client.send('DELETE', '/__practice__/requests');
  await run();
  return (await client.get<readonly LoggedRequest[]>('/__practice__/requests')).body;
}

const visible = (object: string) => idsOf(client, object, { token });
const ticked = `${flagField} = true`;

async function setFlag(object: string, id: string, value: boolean): Promise<void> {
  const path = `/services/data/v66.0/sobjects/${object}/${id}`;
  await client.send('PATCH', path, { body: { [flagField]: value } });
}

/** What must be visible, from the data alone: the flagged rows, accounts of flagged contacts, no contact without account. */
async function expectedRows(): Promise<Readonly<Record<string, readonly string[]>>> {
  const flaggedContacts = await client.query(`SELECT Id, AccountId FROM Contact WHERE ${ticked}`);
  const parents = flaggedContacts.map((row) => row['AccountId']).filter((id) => typeof id === 'string');
  const accounts = await idsOf(client, 'Account', { where: ticked });
  return {
    Account: [...new Set([...accounts, ...parents])].sort(),
    Contact: await idsOf(client, 'Contact', { where: `${ticked} AND AccountId != null` }),
    Lead: await idsOf(client, 'Lead', { where: ticked }),
    [customObject]: await idsOf(client, customObject, { where: ticked }),
  };
}

async function visibleRows(): Promise<Readonly<Record<string, readonly string[]>>> {
  return Object.fromEntries(await Promise.all(objects.map(async (object) => [object, await visible(object)] as const)));
}

function statuses({ result }: EngineOutcome): ReadonlySet<string> {
  return new Set(result.changes.map(({ status }) => status));
}

const unsupportedHere: ReadonlyArray<keyof Quirks> = ['edition'];
const quirks: ReadonlyArray<Partial<Quirks>> = Object.entries(quirkValues)
  .filter(([name]) => !unsupportedHere.includes(name as keyof Quirks))
  .flatMap(([name, values]) => values.map((value) => ({ [name]: value })));

describe('Given any behaviour that orgs are known to differ in', () => {
  it.each(quirks)(
    'When objects are shared by flag and quirk is %j, Then exactly the flagged rows are visible',
    async (quirk) => {
      await given({ quirks: quirk });
      const outcome = await shareByFlag(connection, share);
      const rows = await expectedRows();
      expect({
        exitCode: outcome.exitCode,
        statuses: statuses(outcome),
        rows: await visibleRows(),
        flagged: Object.values(rows).every(({ length }) => length > 0),
      }).toEqual({ exitCode: 0, statuses: new Set(['applied']), rows, flagged: true });
      const again = await requestsOf(() => shareByFlag(connection, share));
      expect({ changed: again.filter(({ changed }) => changed > 0), few: again.length <= 8 }).toEqual({
        changed: [],
        few: true,
      });
    },
  );
});

describe('Given objects that are shared by flag', () => {
  beforeEach(async () => {
    await given({ recalculationMs: 0 });
    await shareByFlag(connection, share);
  });

  it('When somebody ticks one more record, Then it appears, and unticked it goes', async () => {
    const [unflagged = ''] = await idsOf(client, 'Lead', { where: `${flagField} = false` });
    await setFlag('Lead', unflagged, true);
    const withFlag = await visible('Lead');
    await setFlag('Lead', unflagged, false);
    expect([withFlag.includes(unflagged), (await visible('Lead')).includes(unflagged)]).toEqual([true, false]);
  });

  it('When somebody unticked a record that the first condition selects, Then another run leaves it unticked', async () => {
    const [flagged = ''] = await idsOf(client, 'Lead', { where: ticked });
    await setFlag('Lead', flagged, false);
    const outcome = await shareByFlag(connection, share);
    expect({
      ticked: (await idsOf(client, 'Lead', { where: ticked })).includes(flagged),
      told: outcome.result.findings
        .filter(({ code }) => code === 'MatchingButNotFlagged')
        .map(({ subject }) => subject),
    }).toEqual({ ticked: false, told: ['Lead'] });
  });

  it('When one more object is shared, Then nothing of the others is deployed but the sets that hold the flags', async () => {
    const deployed: string[] = [];
    const wider = sharePart([...share.objects, sharedObject('Campaign')]);
    await runRecorded(wider, (deployment) => {
      deployed.push(...deployment.components.map(({ type, fullName }) => `${type} ${fullName}`));
    });
    expect([...new Set(deployed)].sort()).toEqual([
      `CustomField Campaign.${flagField}`,
      'CustomObject Campaign',
      'PermissionSet HubSpot_Flag_Editor',
      'PermissionSet HubSpot_Integration_Access',
      'SharingCriteriaRule Campaign.Send_to_HubSpot',
    ]);
  });
});

async function runRecorded(part: typeof share, note: (deployment: Deployment) => void): Promise<EngineOutcome> {
  const port = createOrgPort(connection);
  const recording: OrgPort = {
    ...port,
    deploy: (deployment, options) => {
      note(deployment);
      return port.deploy(deployment, options);
    },
  };
  const options = engineOptions({ features: allFeatures, allowedImpacts: new Set(['owd']) });
  return runEngine(definitionOf({ share: part }), recording, options);
}

describe('Given an org without locks', () => {
  beforeEach(async () => {
    await given({ recalculationMs: 0 });
  });

  const isPolling = ({ action }: LoggedRequest): boolean => action === 'checkDeployStatus';
  const isRowBatch = ({ path }: LoggedRequest): boolean => path.includes('/composite/sobjects');

  it('When three objects are shared, Then it takes at most 4 deployments and 15 other requests', async () => {
    const three = sharePart(['Account', 'Contact', 'Lead'].map((object) => sharedObject(object)));
    const requests = await requestsOf(() => shareByFlag(connection, three));
    const deployments = requests.filter(({ action }) => action === 'deploy');
    const others = requests.filter(
      (request) => request.action !== 'deploy' && !isPolling(request) && !isRowBatch(request),
    );
    expect(deployments.length).toBeLessThanOrEqual(4);
    expect(others.map(({ method, path, action }) => `${method} ${action ?? path}`).slice(15)).toEqual([]);
  });

  it('When objects are shared with --dry-run, Then everything is planned and nothing is written', async () => {
    const requests = await requestsOf(async () => {
      expect(statuses(await shareByFlag(connection, share, { dryRun: true }))).toEqual(new Set(['planned']));
    });
    expect(requests.filter(({ changed }) => changed > 0)).toEqual([]);
  });

  it('When objects are shared, Then the group holds exactly the integration user, and nobody above it', async () => {
    await shareByFlag(connection, share);
    const [group] = await client.query(
      "SELECT DoesIncludeBosses FROM Group WHERE DeveloperName = 'HubSpot_Integration'",
    );
    const members = await client.query(
      "SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = 'HubSpot_Integration'",
    );
    const [user] = await client.query(`SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    expect({ bosses: group?.['DoesIncludeBosses'], members: members.map((row) => row['UserOrGroupId']) }).toEqual({
      bosses: false,
      members: [user?.['Id']],
    });
  });
});

describeWithReference('Given Salesforce’s schema of the Metadata API', () => {
  it('When objects are shared, Then every deployed document is valid', async () => {
    await given({ recalculationMs: 0 });
    const files: string[] = [];
    await runRecorded({ ...share, addToLayouts: ['Account-Account Layout'] }, (deployment) => {
      files.push(...renderPackage(deployment, '66.0').map(({ content }) => content));
    });
    files.forEach(assertValidMetadata);
    expect(files.length).toBeGreaterThan(10);
  });

  it('When a custom object becomes private, Then its file keeps its top level and carries no children', async () => {
    await given({ recalculationMs: 0 });
    const files: string[] = [];
    await runRecorded(share, (deployment) => {
      if (deployment.checkOnly || deployment.components.some(({ type }) => type !== 'CustomObject')) return;
      const ofObject = renderPackage(deployment, '66.0').filter(({ path }) => path.includes(customObject));
      files.push(...ofObject.map(({ content }) => content));
    });
    expect(files).toEqual([expect.stringMatching(/<description>Kept as it is<\/description>[^]*<nameField>/)]);
    expect(files.join('')).not.toContain('<fields>');
  });
});
