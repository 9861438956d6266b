import { beforeEach, describe, expect, it } from 'vitest';
import { CreateScenario, findingCodes, statusesOf } from '../support/create-scenario.ts';
import { practiceUsername } from '../support/engine.ts';

const org = new CreateScenario();

describe('Given an org without the user', () => {
  beforeEach(async () => {
    await org.given();
    await org.insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
  });

  it('When create runs, Then user, license and permission set are there and reported as applied', async () => {
    const outcome = await org.create({ permissionSets: ['Existing_Set'] });
    expect(statusesOf(outcome)).toEqual({
      [practiceUsername]: 'applied',
      [`SalesforceAPIIntegrationPsl → ${practiceUsername}`]: 'applied',
      [`Existing_Set → ${practiceUsername}`]: 'applied',
    });
  });

  it('When create runs, Then it takes at most 8 HTTP requests, and counts them itself', async () => {
    const { requests, outcome } = await org.requestsOf(() => org.create({ permissionSets: ['Existing_Set'] }));
    expect(requests.length).toBeLessThanOrEqual(8);
    expect(outcome.result.apiRequests).toBe(requests.length);
  });

  it('When create runs again, Then it takes at most 5 HTTP requests and none of them writes', async () => {
    await org.create({ permissionSets: ['Existing_Set'] });
    const { requests, outcome } = await org.requestsOf(() => org.create({ permissionSets: ['Existing_Set'] }));
    expect({ few: requests.length <= 5, changed: requests.map((request) => request.changed) }).toEqual({
      few: true,
      changed: requests.map(() => 0),
    });
    expect(new Set(Object.values(statusesOf(outcome)))).toEqual(new Set(['unchanged']));
  });

  it('When create runs with --dry-run, Then the same changes are planned and nothing is written', async () => {
    const { requests, outcome } = await org.requestsOf(() =>
      org.create({ permissionSets: ['Existing_Set'] }, { dryRun: true }),
    );
    expect(requests.every((request) => request.changed === 0)).toBe(true);
    expect(new Set(Object.values(statusesOf(outcome)))).toEqual(new Set(['planned']));
  });

  it('When create runs, Then the user has the running user’s locale and the integration’s names', async () => {
    await org.create();
    const [admin] = await org.client.query(
      "SELECT TimeZoneSidKey, LocaleSidKey FROM User WHERE Username = 'admin@practice.example'",
    );
    const user = await org.userRow('LastName, Alias, TimeZoneSidKey, LocaleSidKey, Profile.UserLicense.Name');
    expect(user).toMatchObject({
      LastName: 'HubSpot Integration',
      Alias: 'hubspot',
      TimeZoneSidKey: admin?.['TimeZoneSidKey'],
      LocaleSidKey: admin?.['LocaleSidKey'],
      Profile: { UserLicense: { Name: 'Salesforce Integration' } },
    });
  });

  it('When create runs, Then a finding says that the user cannot log in yet', async () => {
    expect(findingCodes(await org.create())).toContain('CannotLogInYet');
  });

  it('When a password reset is asked for, Then it is mailed and no such finding is left', async () => {
    const { requests, outcome } = await org.requestsOf(() => org.create({ sendPasswordReset: true }));
    expect(requests.some(({ method, path }) => method === 'DELETE' && path.endsWith('/password'))).toBe(true);
    expect(findingCodes(outcome)).not.toContain('CannotLogInYet');
  });

  it('When a user field is given, Then it is set, and set back to it on the next run', async () => {
    await org.create({ fields: { department: 'Marketing' } });
    const id = String((await org.userRow('Id'))?.['Id']);
    await org.client.send('PATCH', `/services/data/v66.0/sobjects/User/${id}`, { body: { Department: 'Sales' } });
    const outcome = await org.create({ fields: { department: 'Marketing' } });
    expect((await org.userRow('Department'))?.['Department']).toBe('Marketing');
    expect(outcome.result.changes[0]).toMatchObject({
      action: 'update',
      before: 'Department: Sales',
      status: 'applied',
    });
  });

  it('When a permission set group is named, Then the group is assigned', async () => {
    await org.insert('PermissionSetGroup', { DeveloperName: 'Existing_Group', MasterLabel: 'Existing Group' });
    const outcome = await org.create({ permissionSets: ['Existing_Group'] });
    expect(statusesOf(outcome)[`Existing_Group → ${practiceUsername}`]).toBe('applied');
  });
});

describe('Given an org whose composite requests refuse setup rows of several types', () => {
  it('When create runs, Then rows go one by one and it still takes at most 8 HTTP requests', async () => {
    await org.given({ quirks: { 'composite-setup': 'refuse' } });
    await org.insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
    const { requests, outcome } = await org.requestsOf(() => org.create({ permissionSets: ['Existing_Set'] }));
    expect({ few: requests.length <= 8, exitCode: outcome.exitCode }).toEqual({ few: true, exitCode: 0 });
  });
});

describe.each(['old', 'new', 'both'] as const)('Given an org with the %s integration profile', (profileGeneration) => {
  it.each(['en_US', 'fr', 'de'] as const)(
    'When its language is %s, Then the profile is found by its license',
    async (language) => {
      await org.given({ profileGeneration, quirks: { language } });
      const outcome = await org.create();
      expect(outcome.exitCode).toBe(0);
      expect(findingCodes(outcome).includes('ProfileShowsFields')).toBe(profileGeneration === 'old');
    },
  );
});

describe('Given a user of that name', () => {
  beforeEach(async () => {
    await org.given({ profileGeneration: 'both' });
  });

  it('When email and profile are given explicitly, Then they are changed', async () => {
    await org.existingUser();
    const profile = 'Salesforce API Only System Integrations';
    const outcome = await org.create({ email: 'other@acme.example', profile });
    expect(outcome.result.changes[0]).toMatchObject({ action: 'update', status: 'applied' });
    expect(await org.userRow('Email, Profile.Name')).toMatchObject({
      Email: 'other@acme.example',
      Profile: { Name: profile },
    });
  });

  it('When the profile is not given, Then it is kept and a finding says so', async () => {
    const old = await org.idOf("SELECT Id FROM Profile WHERE Name = 'Salesforce API Only System Integrations'");
    await org.existingUser({ ProfileId: old });
    const outcome = await org.create();
    expect(findingCodes(outcome)).toContain('ProfileKept');
    expect(outcome.result.changes[0]?.status).toBe('unchanged');
  });

  it('When it is inactive, Then create refuses without --reactivate', async () => {
    await org.existingUser({ IsActive: false });
    await expect(org.create()).rejects.toMatchObject({ name: 'UserInactiveError' });
  });

  it('When it is inactive, Then create activates it with --reactivate', async () => {
    await org.existingUser({ IsActive: false });
    const outcome = await org.create({ reactivate: true });
    expect({ exitCode: outcome.exitCode, row: await org.userRow('IsActive') }).toMatchObject({
      exitCode: 0,
      row: { IsActive: true },
    });
  });
});

describe('Given a step that Salesforce refuses', () => {
  it('When the row is locked and there is no time to wait, Then the exit code is 69 and the next run finishes', async () => {
    await org.given();
    const setId = await org.insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
    await org.client.post('/__practice__/faults', [
      {
        path: '/sobjects/PermissionSetAssignment|/composite',
        body: setId,
        status: 400,
        errorCode: 'UNABLE_TO_LOCK_ROW',
        message: 'unable to obtain exclusive access to this record',
        times: 1,
      },
    ]);
    const first = await org.create({ permissionSets: ['Existing_Set'] }, { waitMs: 0 });
    expect(first.exitCode).toBe(69);
    const second = await org.create({ permissionSets: ['Existing_Set'] });
    expect(second.exitCode).toBe(0);
  });

  it('When the license allows no permission of the set, Then user and license stay and the exit code is 68', async () => {
    await org.given();
    const setId = await org.insert('PermissionSet', {
      Name: 'Too_Much',
      Label: 'Too much',
      PermissionsLightningExperienceUser: true,
    });
    const outcome = await org.create({ permissionSets: ['Too_Much'] });
    expect(outcome).toMatchObject({ exitCode: 68, result: { userId: expect.stringMatching(/^005/) as string } });
    await org.client.send('PATCH', `/services/data/v66.0/sobjects/PermissionSet/${setId}`, {
      body: { PermissionsLightningExperienceUser: false },
    });
    const second = await org.create({ permissionSets: ['Too_Much'] });
    expect({ exitCode: second.exitCode, statuses: Object.values(statusesOf(second)) }).toEqual({
      exitCode: 0,
      statuses: ['unchanged', 'unchanged', 'applied'],
    });
  });
});

describe('Given two runs at the same time', () => {
  it.each(['accept', 'refuse'] as const)(
    'When composite-setup is %s, Then both end well and there is one user',
    async (compositeSetup) => {
      await org.given({ latencyMs: 20, quirks: { 'composite-setup': compositeSetup } });
      await org.insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
      const run = () => org.create({ permissionSets: ['Existing_Set'] });
      const outcomes = await Promise.all([run(), run()]);
      const assigned = await org.client.query(
        `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${practiceUsername}' AND PermissionSet.Name = 'Existing_Set'`,
      );
      expect({ codes: outcomes.map(({ exitCode }) => exitCode), assigned: assigned.length }).toEqual({
        codes: [0, 0],
        assigned: 1,
      });
    },
  );
});
