import type { Connection } from '@salesforce/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { SharingModelValue, SharingRule } from '../../practice-org/sharing/sharing.ts';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';
import { flagField, idsOf, readingIntegrationUser, shareByFlag, sharedObject, sharePart } from '../support/sharing.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;
let userId: string;

async function given(settings: SettingsOverrides = {}): Promise<void> {
  server = await startPracticeServer({ records: 20, ...settings });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  userId = await readingIntegrationUser(client, ['Account', 'Contact', 'Lead', 'Opportunity']);
}

afterEach(async () => {
  await server.close();
});

const lead = sharePart([sharedObject('Lead', { flagInitially: "LastName LIKE '%1'" })]);

function setDefaults(models: Readonly<Record<string, SharingModelValue>>): void {
  const pairs = Object.entries(models).map(
    ([object, model]) => [object, { internal: model, external: model }] as const,
  );
  server.org.sharing.setModels(new Map(pairs));
  server.org.sharing.settle();
}

function ownRule(object: string): SharingRule {
  const rule = server.org.sharing.declared.rules.find(
    (candidate) => candidate.object === object && candidate.fullName === 'Send_to_HubSpot',
  );
  if (rule === undefined) throw new Error(`${object} has no rule of the plugin`);
  return rule;
}

/** Somebody changed our rule in Setup, by deleting it and making it anew. */
function replaceRule(changes: Partial<SharingRule>): void {
  const rule = ownRule('Lead');
  server.org.sharing.removeRule(rule);
  server.org.sharing.putRule({ ...rule, ...changes });
  server.org.sharing.settle();
}

const visible = async (object: string): Promise<readonly string[]> =>
  idsOf(client, object, { token: await client.tokenOf(practiceUsername) });
const flagged = (object: string): Promise<readonly string[]> => idsOf(client, object, { where: `${flagField} = true` });

function done({ result }: EngineOutcome): readonly string[] {
  return result.changes
    .filter(({ status }) => status !== 'unchanged')
    .map(({ action, type, status }) => `${status}: ${action} ${type}`);
}

function codes({ result }: EngineOutcome): readonly string[] {
  return result.findings.map(({ code }) => code);
}

describe('Given an object that is Public Read Only', () => {
  it('When it is shared by flag, Then flagged records stay readable all the time', async () => {
    await given({ recalculationMs: 150 });
    setDefaults({ Lead: 'Read' });
    const wanted = await idsOf(client, 'Lead', { where: "LastName LIKE '%1'" });
    const run = { isOver: false };
    const lookOn = async (): Promise<number> => {
      let missing = 0;
      while (!run.isOver) {
        const seen = new Set(await visible('Lead'));
        missing += wanted.filter((id) => !seen.has(id)).length;
      }
      return missing;
    };
    const missing = lookOn();
    await shareByFlag(connection, lead).finally(() => (run.isOver = true));
    expect({ missing: await missing, visible: await visible('Lead') }).toEqual({ missing: 0, visible: wanted });
  });

  it('When it is shared by flag, Then the rule is made before the default changes, and nobody is told to pause', async () => {
    await given();
    setDefaults({ Lead: 'Read' });
    const outcome = await shareByFlag(connection, lead);
    const order = done(outcome).filter((text) => /Rule|CustomObject/.test(text));
    expect({ order, told: codes(outcome).includes('PauseTheSync') }).toEqual({
      order: ['applied: create SharingCriteriaRule', 'applied: update CustomObject'],
      told: false,
    });
  });

  it('When accounts are, and their children Public Read/Write, Then the rule ends without levels on the children', async () => {
    await given();
    setDefaults({ Account: 'Read' });
    await shareByFlag(connection, sharePart([sharedObject('Account')]));
    expect(ownRule('Account').accountSettings).toEqual({
      caseAccessLevel: 'None',
      contactAccessLevel: 'None',
      opportunityAccessLevel: 'None',
    });
  });
});

describe('Given an object that is Public Read/Write', () => {
  it('When it is shared by flag, Then the plan says to pause the sync', async () => {
    await given();
    expect(codes(await shareByFlag(connection, lead, { dryRun: true }))).toContain('PauseTheSync');
  });
});

describe('Given an object that is Private already', () => {
  it('When it is shared by flag, Then no default changes and nobody has to agree', async () => {
    await given();
    setDefaults({ Lead: 'Private' });
    const outcome = await shareByFlag(connection, lead, { allowedImpacts: new Set() });
    expect({ exitCode: outcome.exitCode, impact: outcome.result.impact }).toEqual({ exitCode: 0, impact: [] });
  });
});

describe('Given contacts that are controlled by their accounts', () => {
  it('When accounts alone are shared, Then contacts follow the flagged accounts', async () => {
    await given();
    const outcome = await shareByFlag(
      connection,
      sharePart([sharedObject('Account', { flagInitially: "Name LIKE '%1'" })]),
    );
    const children = await idsOf(client, 'Contact', { where: `Account.${flagField} = true` });
    expect({ contacts: await visible('Contact'), told: codes(outcome).includes('ContactsComeWithAccounts') }).toEqual({
      contacts: children,
      told: true,
    });
  });

  it('When contacts get a flag of their own, Then the plan says what leaving the account means', async () => {
    await given();
    const outcome = await shareByFlag(connection, sharePart([sharedObject('Contact')]), { dryRun: true });
    expect(codes(outcome)).toContain('ContactLeavesAccount');
  });
});

describe('Given a rule of the plugin that somebody changed', () => {
  it.each<readonly [string, Partial<SharingRule>]>([
    ['shares with somebody else', { sharedTo: { kind: 'role', name: 'CEO' } }],
    ['leaves out records of system users', { includeRecordsOwnedByAll: false }],
  ])('When it %s, Then it is deleted and made again, which is said first', async (_title, change) => {
    await given();
    await shareByFlag(connection, lead);
    replaceRule(change);
    const planned = await shareByFlag(connection, lead, { dryRun: true });
    const outcome = await shareByFlag(connection, lead);
    expect({ planned: done(planned), done: done(outcome), visible: await visible('Lead') }).toEqual({
      planned: ['planned: delete SharingCriteriaRule', 'planned: create SharingCriteriaRule'],
      done: ['applied: delete SharingCriteriaRule', 'applied: create SharingCriteriaRule'],
      visible: await flagged('Lead'),
    });
  });

  it('When it gives more than asked, Then it is changed in place', async () => {
    await given();
    await shareByFlag(connection, lead);
    replaceRule({ accessLevel: 'Edit' });
    expect(done(await shareByFlag(connection, lead))).toEqual(['applied: update SharingCriteriaRule']);
  });
});

describe('Given somebody else in the group of the plugin', () => {
  it('When objects are shared again, Then they leave it, which is said', async () => {
    await given();
    await shareByFlag(connection, lead);
    const [group] = await client.query("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot_Integration'");
    await createRecord(client, 'GroupMember', { GroupId: group?.['Id'], UserOrGroupId: server.org.adminUserId });
    const outcome = await shareByFlag(connection, lead);
    const members = await client.query(
      "SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = 'HubSpot_Integration'",
    );
    expect({
      told: codes(outcome).includes('GroupHasOtherMembers'),
      members: members.map((row) => row['UserOrGroupId']),
    }).toEqual({ told: true, members: [userId] });
  });
});

describe('Given page layouts', () => {
  type Layout = { readonly layoutSections: ReadonlyArray<Readonly<Record<string, unknown>>> };
  const layoutOf = async (name: string): Promise<Layout> => await connection.metadata.read('Layout', name);

  it('When a flag is new, Then a finding names the layouts that don’t show it', async () => {
    await given();
    const { result } = await shareByFlag(connection, lead, { dryRun: true });
    expect(result.findings.find(({ code }) => code === 'FlagOnNoLayout')?.message).toContain('Lead-Lead Layout');
  });

  it('When one is to show the flag, Then it does, and the rest of it and all others are as before', async () => {
    await given();
    const before = await layoutOf('Lead-Lead Layout');
    const other = await layoutOf('Lead-Lead (Sales) Layout');
    await shareByFlag(connection, { ...lead, addToLayouts: ['Lead-Lead Layout'] });
    const after = JSON.stringify(await layoutOf('Lead-Lead Layout'));
    const item = JSON.stringify({ behavior: 'Edit', field: flagField });
    expect(after.replace(`,${item}`, '')).toBe(JSON.stringify(before));
    expect(after).toContain(item);
    expect(await layoutOf('Lead-Lead (Sales) Layout')).toEqual(other);
  });

  it('When it is asked for again, Then nothing is left to do', async () => {
    await given();
    const withLayout = { ...lead, addToLayouts: ['Lead-Lead Layout'] };
    await shareByFlag(connection, withLayout);
    expect(done(await shareByFlag(connection, withLayout))).toEqual([]);
  });
});

describe('Given other ways in for the integration user', () => {
  it('When it owns records, is in a queue and sees all of an object, Then each is told with its number', async () => {
    await given();
    const [first] = await client.query<{ readonly Id: string }>('SELECT Id FROM Lead LIMIT 1');
    await client.send('PATCH', `/services/data/v66.0/sobjects/Lead/${first?.Id ?? ''}`, { body: { OwnerId: userId } });
    const queue = await createRecord(client, 'Group', { DeveloperName: 'New_Leads', Name: 'New Leads', Type: 'Queue' });
    await createRecord(client, 'GroupMember', { GroupId: queue, UserOrGroupId: userId });
    const [row] = await client.query(
      "SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'CRM_Reader' AND SobjectType = 'Lead'",
    );
    await client.send('PATCH', `/services/data/v66.0/sobjects/ObjectPermissions/${String(row?.['Id'])}`, {
      body: { PermissionsViewAllRecords: true },
    });
    const { result } = await shareByFlag(connection, lead, { dryRun: true });
    const told = result.findings.map(({ code, message }) => `${code}: ${message}`);
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^OwnsRecords: .* records \(1\) of Lead/),
        expect.stringMatching(/^InQueue: .*New Leads/),
        expect.stringMatching(/^SeesAllRecords: .*CRM_Reader/),
      ]),
    );
  });
});

describe('Given things of other people', () => {
  const foreignRule: SharingRule = {
    kind: 'criteria',
    object: 'Lead',
    fullName: 'Hot_Leads',
    label: 'Hot leads',
    description: 'Somebody else’s',
    accessLevel: 'Edit',
    accountSettings: null,
    sharedTo: { kind: 'role', name: 'CEO' },
    sharedFrom: null,
    booleanFilter: null,
    criteriaItems: [{ field: 'Rating', operation: 'equals', value: 'Hot' }],
    includeRecordsOwnedByAll: true,
    includeHVUOwnedRecords: false,
  };
  const others = async (): Promise<string> => {
    const rule = server.org.sharing.declared.rules.find(({ fullName }) => fullName === 'Hot_Leads');
    const components = await Promise.all([
      connection.metadata.read('Group', 'Marketing'),
      connection.metadata.read('PermissionSet', 'CRM_Reader'),
      connection.metadata.read('Layout', ['Lead-Lead Layout', 'Account-Account Layout']),
      connection.metadata.read('Profile', 'Standard User'),
    ]);
    return JSON.stringify([rule, ...components]);
  };

  it('When objects are shared by flag, Then they stay as they are, and the rule is told', async () => {
    await given();
    setDefaults({ Lead: 'Private' });
    server.org.sharing.putRule(foreignRule);
    server.org.sharing.settle();
    await createRecord(client, 'Group', { DeveloperName: 'Marketing', Name: 'Marketing', Type: 'Regular' });
    const before = await others();
    const outcome = await shareByFlag(connection, lead);
    expect({
      same: (await others()) === before,
      told: outcome.result.findings.find(({ code }) => code === 'ExistingRules')?.message,
    }).toEqual({ same: true, told: expect.stringContaining('Hot_Leads') as string });
  });
});

describe('Given an outcome that cannot be measured', () => {
  it('When nothing is flagged, Then the run finishes at once and says so', async () => {
    await given();
    const outcome = await shareByFlag(connection, sharePart([sharedObject('Lead')]));
    expect({ exitCode: outcome.exitCode, told: codes(outcome).includes('NothingFlagged') }).toEqual({
      exitCode: 0,
      told: true,
    });
  });

  it('When the user may not read the object, Then the run finishes and says so', async () => {
    await given();
    const outcome = await shareByFlag(connection, sharePart([sharedObject('Campaign')]));
    expect({ exitCode: outcome.exitCode, told: codes(outcome).includes('UserCannotRead') }).toEqual({
      exitCode: 0,
      told: true,
    });
  });

  it('When the user is inactive, Then the run says so', async () => {
    await given();
    await client.send('PATCH', `/services/data/v66.0/sobjects/User/${userId}`, { body: { IsActive: false } });
    expect(codes(await shareByFlag(connection, lead, { dryRun: true }))).toContain('UserInactive');
  });
});

describe('Given what was found at the start', () => {
  it('When a default moves, Then the flag’s description keeps the old one, inside and outside', async () => {
    await given();
    await shareByFlag(connection, sharePart([sharedObject('Account')]));
    const field = await connection.metadata.read('CustomField', `Account.${flagField}`);
    expect(JSON.stringify(field)).toContain('Account=ReadWrite/Private; Contact=ControlledByParent');
  });

  it('When external defaults are open, Then they close with the internal ones', async () => {
    await given();
    server.org.sharing.setModels(new Map([['Lead', { internal: 'ReadWrite', external: 'Read' }]]));
    server.org.sharing.settle();
    await shareByFlag(connection, lead);
    expect(server.org.sharing.declaredModel('Lead')).toEqual({ internal: 'Private', external: 'Private' });
  });
});
