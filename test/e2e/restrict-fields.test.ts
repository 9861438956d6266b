import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { practiceUsername, userPart } from '../support/engine.ts';
import {
  assign,
  createFields,
  findingsOf,
  foreignSet,
  hidePart,
  integrationUserOn,
  newProfile,
  oldProfile,
  permissionSetGroup,
  requestsOf,
  restrictFields,
  run,
  visibleFields,
} from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;
let userId: string;

/** An integration user who reads accounts and contacts through a set of somebody else's. */
async function given(profile: string, settings: SettingsOverrides = {}): Promise<void> {
  server = await startPracticeServer({ records: 4, ...settings });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  userId = await integrationUserOn(client, profile, practiceUsername);
  const reader = await foreignSet(client, 'Crm_Reader', { objects: { Account: {}, Contact: {} } });
  await assign(client, userId, reader);
}

afterEach(async () => {
  await server.close();
});

function statuses({ result }: EngineOutcome): ReadonlySet<string> {
  return new Set(result.changes.map(({ status }) => status));
}

async function seen(object: string): Promise<ReadonlySet<string>> {
  return visibleFields(client, object, await client.tokenOf(practiceUsername));
}

describe.each(['rows', 'refused'] as const)(
  'Given the old integration profile in an org where its field permission rows are %s',
  (fieldPermissions) => {
    beforeEach(async () => {
      await given(oldProfile, { quirks: { 'field-permissions': fieldPermissions } });
    });

    it('When fields are hidden, Then the user sees none of them and still sees the others', async () => {
      await restrictFields(connection, { fields: ['Account.AnnualRevenue', 'Account.*Phone', 'Account.Fax'] });
      const visible = await seen('Account');
      expect({
        revenue: visible.has('Account.AnnualRevenue'),
        phone: visible.has('Account.Phone'),
        industry: visible.has('Account.Industry'),
      }).toEqual({ revenue: false, phone: false, industry: true });
    });

    it('When the same is asked again, Then nothing is written', async () => {
      const hide = { fields: ['Account.AnnualRevenue', 'Contact.*Phone'] };
      await restrictFields(connection, hide);
      const { requests, outcome } = await requestsOf(client, () => restrictFields(connection, hide));
      expect({ written: requests.filter(({ changed }) => changed > 0), statuses: statuses(outcome) }).toEqual({
        written: [],
        statuses: new Set(['unchanged']),
      });
    });

    it('When others share the profile, Then they are named and nothing happens without consent', async () => {
      await integrationUserOn(client, oldProfile, 'other@acme.example');
      const hidden = restrictFields(connection, { fields: ['Account.Fax'] }, { allowedImpacts: new Set() });
      await expect(hidden).rejects.toMatchObject({
        name: 'ConfirmationRequiredError',
        message: expect.stringContaining('other@acme.example') as string,
        data: { impact: [{ on: oldProfile, people: 1 }] },
      });
      expect((await seen('Account')).has('Account.Fax')).toBe(true);
    });

    it('When every field of an object is hidden but two, Then only these and the ones that cannot be hidden are left', async () => {
      await restrictFields(connection, { allExcept: { Contact: ['Contact.Email', 'Contact.MailingCity'] } });
      const visible = await seen('Contact');
      expect({
        email: visible.has('Contact.Email'),
        city: visible.has('Contact.MailingCity'),
        otherCity: visible.has('Contact.OtherCity'),
        title: visible.has('Contact.Title'),
        owner: visible.has('Contact.OwnerId'),
      }).toEqual({ email: true, city: true, otherCity: false, title: false, owner: true });
    });
  },
);

describe('Given the old integration profile', () => {
  beforeEach(async () => {
    await given(oldProfile);
  });

  it('When it is only looked at, Then the plan has the same type and nothing is written', async () => {
    const { requests, outcome } = await requestsOf(client, () =>
      restrictFields(connection, { fields: ['Account.Fax'] }, { dryRun: true }),
    );
    expect({ statuses: statuses(outcome), written: requests.filter(({ changed }) => changed > 0) }).toEqual({
      statuses: new Set(['planned']),
      written: [],
    });
  });

  it('When fields are chosen by classification, Then exactly the classified ones of readable objects are hidden', async () => {
    const { result } = await restrictFields(connection, {
      securityClassification: ['Restricted'],
      complianceGroup: ['PII'],
    });
    expect(result.changes.map(({ name }) => name.replace(/ .*/, '')).sort()).toEqual([
      'Account.AnnualRevenue',
      'Contact.Birthdate',
      'Contact.Email',
      'Contact.HomePhone',
      'Contact.MobilePhone',
      'Lead.MobilePhone',
    ]);
  });

  it('When a value of a classification is used by no field, Then that is said of this value', async () => {
    const outcome = await restrictFields(connection, { securityClassification: ['Restricted', 'Restrcted'] });
    expect(findingsOf(outcome)).toContain('warning NothingClassified Restrcted');
  });

  it('When a part of an address is named, Then the whole address goes and the user is told', async () => {
    const outcome = await restrictFields(connection, { fields: ['Account.BillingCity'] });
    const visible = await seen('Account');
    expect({ findings: findingsOf(outcome), street: visible.has('Account.BillingStreet') }).toEqual({
      findings: ['warning CompoundHidden Account.BillingCity'],
      street: false,
    });
  });

  it.each([
    ['Account.Id', 'system field'],
    ['Account.OwnerId', 'owner'],
    ['Account.Name', 'name'],
    ['Contact.LastModifiedDate', 'system field'],
  ])('When %s is to be hidden, Then it is listed with the reason', async (field, reason) => {
    const { result } = await restrictFields(connection, { fields: [field] });
    expect(result.findings).toMatchObject([
      { code: 'CannotBeHidden', subject: field, message: expect.stringContaining(reason) as string },
    ]);
  });

  it.each([
    ['a pattern matches nothing', 'Account.Zzz*', 'PatternMatchesNothingError', 'Zzz'],
    ['a field is unknown', 'Account.AnualRevenue', 'UnknownFieldError', 'Account.AnnualRevenue'],
    ['an object is unknown', 'Acount.Rating', 'UnknownObjectError', 'Account'],
  ])('When %s, Then nothing is written and the error names what was meant', async (_, field, name, meant) => {
    const { requests, outcome: error } = await requestsOf(client, () =>
      restrictFields(connection, { fields: [field, 'Account.Fax'] }).catch((thrown: unknown) => thrown),
    );
    expect(error).toMatchObject({
      name,
      message: expect.stringContaining(meant) as string,
      actions: [expect.any(String)],
    });
    expect(requests.filter(({ changed }) => changed > 0)).toEqual([]);
  });

  it('When fields of an object that the user cannot read are hidden, Then it is said that it sees none of them anyway', async () => {
    const outcome = await restrictFields(connection, { fields: ['Campaign.Status'] });
    expect({ findings: findingsOf(outcome), exitCode: outcome.exitCode }).toEqual({
      findings: ['info ObjectNotReadable Campaign'],
      exitCode: 0,
    });
  });

  it('When a visible formula shows a hidden field, also through another formula, Then both are reported', async () => {
    const formula = (text: string): string => `<formula>${text}</formula><label>Made</label><type>Text</type>`;
    await createFields(client, 'Account', {
      Band__c: formula('IF(AnnualRevenue &gt; 1000, "large", "Fax")'),
      Badge__c: formula('"Band: " &amp; Band__c'),
      Invisible__c: formula('TEXT(AnnualRevenue)'),
    });
    const shows = await foreignSet(client, 'Shows_Formulas', {
      fields: { 'Account.Band__c': false, 'Account.Badge__c': false },
    });
    await assign(client, userId, shows);
    const outcome = await restrictFields(connection, { fields: ['Account.AnnualRevenue', 'Account.Fax'] });
    expect(findingsOf(outcome)).toEqual([
      'warning FormulaShowsHidden Account.Badge__c',
      'warning FormulaShowsHidden Account.Band__c',
    ]);
  });

  it('When a field is given by profile, set, and group, Then all are named, the exit code is 3, and 0 after what was advised', async () => {
    const fields = { 'Account.Rating': true, 'Account.AnnualRevenue': false };
    const direct = await foreignSet(client, 'Direct_Set', { fields });
    await foreignSet(client, 'Grouped_Set', { objects: { Account: {} }, fields });
    const groupId = await permissionSetGroup(client, 'Sales_Group', 'Grouped_Set', ['Account.AnnualRevenue']);
    const assignment = await assign(client, userId, direct);
    await client.post('/services/data/v66.0/sobjects/PermissionSetAssignment', {
      AssigneeId: userId,
      PermissionSetGroupId: groupId,
    });
    const hide = { fields: ['Account.Rating'] };
    const first = await restrictFields(connection, hide);
    await client.send('DELETE', `/services/data/v66.0/sobjects/PermissionSetAssignment/${assignment}`);
    await permissionSetGroup(client, 'Sales_Group', 'Grouped_Set', ['Account.AnnualRevenue', 'Account.Rating']);
    const second = await restrictFields(connection, hide);
    expect({
      changed: first.result.changes.map(({ name }) => name),
      named: findingsOf(first),
      groups: first.result.findings.map(({ message }) => /Sales Group|Direct Set/.exec(message)?.[0]),
      exitCodes: [first.exitCode, second.exitCode],
      visible: (await seen('Account')).has('Account.Rating'),
    }).toEqual({
      changed: [`Account.Rating (profile ${oldProfile})`],
      named: ['warning FieldStillVisible Account.Rating', 'warning VisibleThroughGroup Account.Rating'],
      groups: ['Direct Set', 'Sales Group'],
      exitCodes: [3, 0],
      visible: false,
    });
  });

  it('When a group mutes the field, Then the group is not named', async () => {
    await foreignSet(client, 'Grouped_Set', { fields: { 'Account.AnnualRevenue': false } });
    const groupId = await permissionSetGroup(client, 'Sales_Group', 'Grouped_Set', ['Account.AnnualRevenue']);
    await client.post('/services/data/v66.0/sobjects/PermissionSetAssignment', {
      AssigneeId: userId,
      PermissionSetGroupId: groupId,
    });
    const outcome = await restrictFields(connection, { fields: ['Account.AnnualRevenue'] });
    expect({ findings: findingsOf(outcome), exitCode: outcome.exitCode }).toEqual({ findings: [], exitCode: 0 });
  });

  it('When a session-based set gives the field, Then it is marked as visible in such sessions only', async () => {
    const set = await foreignSet(client, 'Session_Set', {
      fields: { 'Account.Rating': false },
      columns: { HasActivationRequired: true },
    });
    await assign(client, userId, set);
    const outcome = await restrictFields(connection, { fields: ['Account.Rating'] });
    expect({ findings: findingsOf(outcome), exitCode: outcome.exitCode }).toEqual({
      findings: ['warning VisibleInSession Account.Rating'],
      exitCode: 0,
    });
  });

  it('When View All Fields shows the field, Then whoever gives that is named and the exit code is 3', async () => {
    const set = await foreignSet(client, 'Everything', { objects: { Account: { ViewAllFields: true } } });
    await assign(client, userId, set);
    const outcome = await restrictFields(connection, { fields: ['Account.Rating'] });
    expect({ findings: findingsOf(outcome), exitCode: outcome.exitCode }).toEqual({
      findings: ['warning VisibleByViewAllFields Account.Rating'],
      exitCode: 3,
    });
  });

  it('When others hold the foreign set, Then the advice says how many', async () => {
    const other = await integrationUserOn(client, newProfile, 'other@acme.example');
    const set = await foreignSet(client, 'Shared_Set', { fields: { 'Account.Rating': false } });
    await assign(client, userId, set);
    await assign(client, other, set);
    const { result } = await restrictFields(connection, { fields: ['Account.Rating'] });
    expect(result.findings[0]?.message).toContain('Other active users who have it: 1');
  });

  it('When fields are hidden, Then sets and profiles of other people are row by row as before', async () => {
    await foreignSet(client, 'Untouched', { objects: { Account: {} }, fields: { 'Account.Fax': true } });
    const rows = async (): Promise<readonly string[]> =>
      (
        await client.query(
          `SELECT Id, Field, PermissionsRead, PermissionsEdit, Parent.Name FROM FieldPermissions WHERE Parent.Profile.Name != '${oldProfile}' ORDER BY Id`,
        )
      ).map((row) => JSON.stringify(row));
    const before = await rows();
    await restrictFields(connection, { fields: ['Account.*'] });
    expect(await rows()).toEqual(before);
  });
});

describe.each(['fr', 'de'] as const)('Given an org that speaks %s and takes no rows', (language) => {
  it('When fields are hidden, Then the profile is deployed under its untranslated name', async () => {
    server = await startPracticeServer({ records: 0, quirks: { language, 'field-permissions': 'refused' } });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    const [profile] = await client.query<{ readonly Name: string }>(
      "SELECT Name FROM Profile WHERE UserLicense.Name = 'Salesforce Integration' ORDER BY Name DESC LIMIT 1",
    );
    userId = await integrationUserOn(client, profile?.Name ?? '', practiceUsername);
    const outcome = await restrictFields(connection, { fields: ['Account.Fax'] });
    expect([outcome.exitCode, ...statuses(outcome)]).toEqual([0, 'applied']);
  });
});

describe('Given the new integration profile', () => {
  it('When fields are hidden, Then nothing has to be done', async () => {
    await given(newProfile);
    const outcome = await restrictFields(connection, { fields: ['Account.Fax', 'Contact.*Phone'] });
    expect({ exitCode: outcome.exitCode, statuses: statuses(outcome) }).toEqual({
      exitCode: 0,
      statuses: new Set(['unchanged']),
    });
  });

  it('When an owned set gives the field, Then it is taken out of that set, and of no other', async () => {
    await given(newProfile);
    await run(connection, {
      grant: {
        recipe: null,
        objects: { Account: ['read'] },
        readFields: ['Account.Rating', 'Account.Industry'],
        editFields: [],
        systemPermissions: [],
        permissionSets: [],
        allowUnfiltered: true,
      },
    });
    const outcome = await restrictFields(connection, { fields: ['Account.Rating'] });
    const visible = await seen('Account');
    expect({
      exitCode: outcome.exitCode,
      rating: visible.has('Account.Rating'),
      industry: visible.has('Account.Industry'),
    }).toEqual({ exitCode: 0, rating: false, industry: true });
  });
});

describe('Given a user who does not exist yet', () => {
  it('When fields are to be hidden from it, Then the error says how to make it', async () => {
    await given(oldProfile);
    const hidden = run(connection, { username: 'nobody@acme.example', hide: hidePart({ fields: ['Account.Fax'] }) });
    await expect(hidden).rejects.toMatchObject({
      name: 'UserNotFoundError',
      actions: [expect.stringContaining('create')],
    });
  });

  it('When it is made with hidden fields, Then these go before anything is assigned', async () => {
    server = await startPracticeServer({ records: 0, profileGeneration: 'old' });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    const outcome = await run(connection, {
      user: userPart(),
      hide: hidePart({ fields: ['Account.Fax'] }),
      grant: {
        recipe: null,
        objects: { Account: ['read'] },
        readFields: ['Account.*'],
        editFields: [],
        systemPermissions: [],
        permissionSets: [],
        allowUnfiltered: true,
      },
    });
    expect({
      exitCode: outcome.exitCode,
      order: outcome.result.changes.map(({ type }) => type),
      fax: (await seen('Account')).has('Account.Fax'),
      phone: (await seen('Account')).has('Account.Phone'),
    }).toEqual({
      exitCode: 0,
      order: ['User', 'PermissionSetLicenseAssign', 'FieldPermissions', 'PermissionSet', 'PermissionSetAssignment'],
      fax: false,
      phone: true,
    });
  });
});
