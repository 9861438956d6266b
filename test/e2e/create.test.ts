import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { UserPart } from '../../src/definition/definition.js';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { createUser, practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { createIntegrationUser } from '../support/setup-records.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;

async function given(settings: SettingsOverrides = {}): Promise<void> {
  server = await startPracticeServer({ records: 0, ...settings });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
}

afterEach(async () => {
  await server.close();
});

type LoggedRequest = { readonly method: string; readonly path: string; readonly changed: number };

async function requestsOf<T>(
  run: () => Promise<T>,
): Promise<{ readonly requests: readonly LoggedRequest[]; readonly outcome: T }> {
  await client.send('DELETE', '/__practice__/requests');
  const outcome = await run();
  const { body } = await client.get<readonly LoggedRequest[]>('/__practice__/requests');
  return { requests: body, outcome };
}

function statuses({ result }: EngineOutcome): Readonly<Record<string, string>> {
  return Object.fromEntries(result.changes.map((change) => [change.name, change.status]));
}

function codes({ result }: EngineOutcome): readonly string[] {
  return result.findings.map((finding) => finding.code);
}

async function userRow(fields: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const [row] = await client.query(`SELECT ${fields} FROM User WHERE Username = '${practiceUsername}'`);
  return row;
}

const insert = async (sobject: string, values: Readonly<Record<string, unknown>>): Promise<string> => {
  const { body, text } = await client.post<{ readonly id?: string }>(
    `/services/data/v66.0/sobjects/${sobject}`,
    values,
  );
  if (body.id === undefined) throw new Error(text);
  return body.id;
};

const idOf = async (soql: string): Promise<string> => String((await client.query(soql))[0]?.['Id']);

async function existingUser(values: Readonly<Record<string, unknown>> = {}): Promise<string> {
  await createUser(connection);
  const id = String((await userRow('Id'))?.['Id']);
  if (Object.keys(values).length > 0) {
    await client.send('PATCH', `/services/data/v66.0/sobjects/User/${id}`, { body: values });
  }
  return id;
}

describe('Given an org without the user', () => {
  beforeEach(async () => {
    await given();
    await insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
  });

  it('When create runs, Then user, license and permission set are there and reported as applied', async () => {
    const outcome = await createUser(connection, { permissionSets: ['Existing_Set'] });
    expect(statuses(outcome)).toEqual({
      [practiceUsername]: 'applied',
      [`SalesforceAPIIntegrationPsl → ${practiceUsername}`]: 'applied',
      [`Existing_Set → ${practiceUsername}`]: 'applied',
    });
  });

  it('When create runs, Then it takes at most 8 HTTP requests, and counts them itself', async () => {
    const { requests, outcome } = await requestsOf(() => createUser(connection, { permissionSets: ['Existing_Set'] }));
    expect(requests.length).toBeLessThanOrEqual(8);
    expect(outcome.result.apiRequests).toBe(requests.length);
  });

  it('When create runs again, Then it takes at most 5 HTTP requests and none of them writes', async () => {
    await createUser(connection, { permissionSets: ['Existing_Set'] });
    const { requests, outcome } = await requestsOf(() => createUser(connection, { permissionSets: ['Existing_Set'] }));
    expect({ few: requests.length <= 5, changed: requests.map((request) => request.changed) }).toEqual({
      few: true,
      changed: requests.map(() => 0),
    });
    expect(new Set(Object.values(statuses(outcome)))).toEqual(new Set(['unchanged']));
  });

  it('When create runs with --dry-run, Then the same changes are planned and nothing is written', async () => {
    const { requests, outcome } = await requestsOf(() =>
      createUser(connection, { permissionSets: ['Existing_Set'] }, { dryRun: true }),
    );
    expect(requests.every((request) => request.changed === 0)).toBe(true);
    expect(new Set(Object.values(statuses(outcome)))).toEqual(new Set(['planned']));
  });

  it('When create runs, Then the user has the running user’s locale and the integration’s names', async () => {
    await createUser(connection);
    const [admin] = await client.query(
      "SELECT TimeZoneSidKey, LocaleSidKey FROM User WHERE Username = 'admin@practice.example'",
    );
    const user = await userRow('LastName, Alias, TimeZoneSidKey, LocaleSidKey, Profile.UserLicense.Name');
    expect(user).toMatchObject({
      LastName: 'HubSpot Integration',
      Alias: 'hubspot',
      TimeZoneSidKey: admin?.['TimeZoneSidKey'],
      LocaleSidKey: admin?.['LocaleSidKey'],
      Profile: { UserLicense: { Name: 'Salesforce Integration' } },
    });
  });

  it('When create runs, Then a finding says that the user cannot log in yet', async () => {
    expect(codes(await createUser(connection))).toContain('CannotLogInYet');
  });

  it('When a password reset is asked for, Then it is mailed and no such finding is left', async () => {
    const { requests, outcome } = await requestsOf(() => createUser(connection, { sendPasswordReset: true }));
    expect(requests.some(({ method, path }) => method === 'DELETE' && path.endsWith('/password'))).toBe(true);
    expect(codes(outcome)).not.toContain('CannotLogInYet');
  });

  it('When a user field is given, Then it is set, and set back to it on the next run', async () => {
    await createUser(connection, { fields: { department: 'Marketing' } });
    const id = String((await userRow('Id'))?.['Id']);
    await client.send('PATCH', `/services/data/v66.0/sobjects/User/${id}`, { body: { Department: 'Sales' } });
    const outcome = await createUser(connection, { fields: { department: 'Marketing' } });
    expect((await userRow('Department'))?.['Department']).toBe('Marketing');
    expect(outcome.result.changes[0]).toMatchObject({
      action: 'update',
      before: 'Department: Sales',
      status: 'applied',
    });
  });

  it('When a permission set group is named, Then the group is assigned', async () => {
    await insert('PermissionSetGroup', { DeveloperName: 'Existing_Group', MasterLabel: 'Existing Group' });
    const outcome = await createUser(connection, { permissionSets: ['Existing_Group'] });
    expect(statuses(outcome)[`Existing_Group → ${practiceUsername}`]).toBe('applied');
  });
});

describe('Given an org whose composite requests refuse setup rows of several types', () => {
  it('When create runs, Then rows go one by one and it still takes at most 8 HTTP requests', async () => {
    await given({ quirks: { 'composite-setup': 'refuse' } });
    await insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
    const { requests, outcome } = await requestsOf(() => createUser(connection, { permissionSets: ['Existing_Set'] }));
    expect({ few: requests.length <= 8, exitCode: outcome.exitCode }).toEqual({ few: true, exitCode: 0 });
  });
});

describe.each(['old', 'new', 'both'] as const)('Given an org with the %s integration profile', (profileGeneration) => {
  it.each(['en_US', 'fr', 'de'] as const)(
    'When its language is %s, Then the profile is found by its license',
    async (language) => {
      await given({ profileGeneration, quirks: { language } });
      const outcome = await createUser(connection);
      expect(outcome.exitCode).toBe(0);
      expect(codes(outcome).includes('ProfileShowsFields')).toBe(profileGeneration === 'old');
    },
  );
});

describe('Given a user of that name', () => {
  beforeEach(async () => {
    await given({ profileGeneration: 'both' });
  });

  it('When email and profile are given explicitly, Then they are changed', async () => {
    await existingUser();
    const profile = 'Salesforce API Only System Integrations';
    const outcome = await createUser(connection, { email: 'other@acme.example', profile });
    expect(outcome.result.changes[0]).toMatchObject({ action: 'update', status: 'applied' });
    expect(await userRow('Email, Profile.Name')).toMatchObject({
      Email: 'other@acme.example',
      Profile: { Name: profile },
    });
  });

  it('When the profile is not given, Then it is kept and a finding says so', async () => {
    const old = await idOf("SELECT Id FROM Profile WHERE Name = 'Salesforce API Only System Integrations'");
    await existingUser({ ProfileId: old });
    const outcome = await createUser(connection);
    expect(codes(outcome)).toContain('ProfileKept');
    expect(outcome.result.changes[0]?.status).toBe('unchanged');
  });

  it('When it is inactive, Then create refuses without --reactivate', async () => {
    await existingUser({ IsActive: false });
    await expect(createUser(connection)).rejects.toMatchObject({ name: 'UserInactiveError' });
  });

  it('When it is inactive, Then create activates it with --reactivate', async () => {
    await existingUser({ IsActive: false });
    const outcome = await createUser(connection, { reactivate: true });
    expect({ exitCode: outcome.exitCode, row: await userRow('IsActive') }).toMatchObject({
      exitCode: 0,
      row: { IsActive: true },
    });
  });
});

describe('Given input that the org cannot follow', () => {
  beforeEach(async () => {
    await given();
  });

  const cases: ReadonlyArray<readonly [string, Partial<UserPart>, string]> = [
    ['a malformed email', { email: 'nobody' }, 'InvalidEmailError'],
    ['an unknown profile', { profile: 'Minimum' }, 'ProfileNotFoundError'],
    ['a profile of people', { profile: 'Standard User' }, 'ProfileOnOtherLicenseError'],
    ['an unknown role', { role: 'Nobody' }, 'RoleNotFoundError'],
    ['SOQL as a role', { role: "x' OR Name != '" }, 'RoleNotFoundError'],
    ['an unknown permission set', { permissionSets: ['Existing_Sett'] }, 'PermissionSetNotFoundError'],
    ['SOQL as a permission set', { permissionSets: ["x') OR Name != ('"] }, 'PermissionSetNotFoundError'],
    ['an emoji as a permission set', { permissionSets: ['🚀'] }, 'PermissionSetNotFoundError'],
    ['an unknown user field', { fields: { Departmnt: 'x' } }, 'UnknownUserFieldError'],
    ['SOQL as a user field', { fields: { 'Id FROM User --': 'x' } }, 'UnknownUserFieldError'],
    ['a wrong time zone', { fields: { TimeZoneSidKey: 'Europe/Berln' } }, 'WrongUserFieldValueError'],
    ['a user field with a flag of its own', { fields: { ProfileId: 'x' } }, 'UserFieldHasFlagError'],
    ['a last name of 81 characters', { lastName: 'x'.repeat(81) }, 'ValueTooLongError'],
    ['an empty last name', { lastName: ' ' }, 'LastNameMissingError'],
  ];

  it.each(cases)(
    'When it is %s, Then nothing is written and the error has a name and actions',
    async (_, user, name) => {
      const { requests, outcome } = await requestsOf(() =>
        createUser(connection, user).catch((error: unknown) => error),
      );
      expect(outcome).toMatchObject({ name, exitCode: 1, actions: [expect.any(String)] });
      expect(requests.every((request) => request.changed === 0)).toBe(true);
    },
  );

  it('When a permission set is misspelt, Then the nearest names are suggested', async () => {
    await insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
    await expect(createUser(connection, { permissionSets: ['Existing_Sett'] })).rejects.toMatchObject({
      actions: [expect.stringContaining('Existing_Set')],
    });
  });

  it.each(['Müller & Söhne', "O'Brien", '🚀 Rocket', 'x'.repeat(80)])(
    'When the last name is "%s", Then the user carries it as it is',
    async (lastName) => {
      await createUser(connection, { lastName });
      expect((await userRow('LastName'))?.['LastName']).toBe(lastName);
    },
  );
});

/** As many integration users as the org has seats, each with the permission set license. */
async function takeAllSeats(): Promise<readonly string[]> {
  const licenseId = await idOf(
    "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
  );
  const holders: string[] = [];
  for (let seat = 1; seat <= 5; seat += 1) {
    const id = await createIntegrationUser(client, `holder${seat}@acme.example`);
    await insert('PermissionSetLicenseAssign', { AssigneeId: id, PermissionSetLicenseId: licenseId });
    holders.push(id);
  }
  return holders;
}

describe('Given an org whose seats are all taken', () => {
  let holders: readonly string[];

  beforeEach(async () => {
    await given();
    holders = await takeAllSeats();
  });

  it('When create runs, Then it names who holds the seats and writes nothing', async () => {
    const { requests, outcome } = await requestsOf(() => createUser(connection).catch((error: unknown) => error));
    expect(outcome).toMatchObject({
      name: 'NoUserLicenseSeatError',
      message: expect.stringContaining('holder3@acme.example') as string,
    });
    expect(requests.every((request) => request.changed === 0)).toBe(true);
  });

  it('When inactive users hold a license, Then they are marked', async () => {
    await client.send('PATCH', `/services/data/v66.0/sobjects/User/${holders[0] ?? ''}`, { body: { IsActive: false } });
    const error = await createUser(connection).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'NoPermissionSetLicenseSeatError',
      message: expect.stringContaining('holder1@acme.example (inactive)') as string,
    });
  });
});

describe('Given an edition without the integration license', () => {
  it('When create runs, Then it says so and writes nothing', async () => {
    await given({ quirks: { edition: 'professional' } });
    await expect(createUser(connection)).rejects.toMatchObject({ name: 'IntegrationLicenseMissingError' });
  });
});

describe('Given a step that Salesforce refuses', () => {
  it('When the row is locked and there is no time to wait, Then the exit code is 69 and the next run finishes', async () => {
    await given();
    const setId = await insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
    await client.post('/__practice__/faults', [
      {
        path: '/sobjects/PermissionSetAssignment|/composite',
        body: setId,
        status: 400,
        errorCode: 'UNABLE_TO_LOCK_ROW',
        message: 'unable to obtain exclusive access to this record',
        times: 1,
      },
    ]);
    const first = await createUser(connection, { permissionSets: ['Existing_Set'] }, { waitMs: 0 });
    expect(first.exitCode).toBe(69);
    const second = await createUser(connection, { permissionSets: ['Existing_Set'] });
    expect(second.exitCode).toBe(0);
  });

  it('When the license allows no permission of the set, Then user and license stay and the exit code is 68', async () => {
    await given();
    const setId = await insert('PermissionSet', {
      Name: 'Too_Much',
      Label: 'Too much',
      PermissionsLightningExperienceUser: true,
    });
    const outcome = await createUser(connection, { permissionSets: ['Too_Much'] });
    expect(outcome).toMatchObject({ exitCode: 68, result: { userId: expect.stringMatching(/^005/) as string } });
    await client.send('PATCH', `/services/data/v66.0/sobjects/PermissionSet/${setId}`, {
      body: { PermissionsLightningExperienceUser: false },
    });
    const second = await createUser(connection, { permissionSets: ['Too_Much'] });
    expect({ exitCode: second.exitCode, statuses: Object.values(statuses(second)) }).toEqual({
      exitCode: 0,
      statuses: ['unchanged', 'unchanged', 'applied'],
    });
  });
});

describe('Given two runs at the same time', () => {
  it.each(['accept', 'refuse'] as const)(
    'When composite-setup is %s, Then both end well and there is one user',
    async (compositeSetup) => {
      await given({ latencyMs: 20, quirks: { 'composite-setup': compositeSetup } });
      await insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
      const run = () => createUser(connection, { permissionSets: ['Existing_Set'] });
      const outcomes = await Promise.all([run(), run()]);
      const assigned = await client.query(
        `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${practiceUsername}' AND PermissionSet.Name = 'Existing_Set'`,
      );
      expect({ codes: outcomes.map(({ exitCode }) => exitCode), assigned: assigned.length }).toEqual({
        codes: [0, 0],
        assigned: 1,
      });
    },
  );
});

describe('Given a username that is taken in another org', () => {
  it('When create runs, Then that is explained and not tried again', async () => {
    await given();
    const message = 'Duplicate Username.<br>The username already exists in this or another Salesforce organization.';
    await client.post('/__practice__/faults', [
      { method: 'POST', path: '/composite$', status: 400, errorCode: 'DUPLICATE_USERNAME', message },
    ]);
    const { requests, outcome } = await requestsOf(() => createUser(connection).catch((error: unknown) => error));
    expect(outcome).toMatchObject({
      name: 'DuplicateUsernameError',
      actions: [expect.any(String), expect.any(String)],
    });
    expect(requests.filter(({ path }) => path.endsWith('/composite'))).toHaveLength(1);
  });
});

describe('Given a running user who may not manage users', () => {
  it('When create runs, Then the missing permissions are named and nothing is written', async () => {
    await given({ records: 20 });
    const [person] = await client.query(
      "SELECT Username FROM User WHERE IsActive = true AND Profile.Name = 'Standard User' LIMIT 1",
    );
    const accessToken = await client.tokenOf(String(person?.['Username']));
    const theirs = await connectTo({ url: server.url, accessToken });
    await expect(createUser(theirs)).rejects.toMatchObject({
      name: 'MissingPermissionError',
      message: expect.stringContaining('Manage Internal Users') as string,
    });
  });
});
