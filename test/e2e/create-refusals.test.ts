import { beforeEach, describe, expect, it } from 'vitest';
import type { UserPart } from '../../src/definition/definition.js';
import { CreateScenario } from '../support/create-scenario.ts';
import { connectTo } from '../support/login.ts';
import { createIntegrationUser } from '../support/setup-records.ts';

const org = new CreateScenario();

describe('Given input that the org cannot follow', () => {
  beforeEach(async () => {
    await org.given();
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
      const { requests, outcome } = await org.requestsOf(() => org.failing(user));
      expect(outcome).toMatchObject({ name, exitCode: 1, actions: [expect.any(String)] });
      expect(requests.every((request) => request.changed === 0)).toBe(true);
    },
  );

  it('When a permission set is misspelt, Then the nearest names are suggested', async () => {
    await org.insert('PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
    await expect(org.create({ permissionSets: ['Existing_Sett'] })).rejects.toMatchObject({
      actions: [expect.stringContaining('Existing_Set')],
    });
  });

  it.each(['Müller & Söhne', "O'Brien", '🚀 Rocket', 'x'.repeat(80)])(
    'When the last name is "%s", Then the user carries it as it is',
    async (lastName) => {
      await org.create({ lastName });
      expect((await org.userRow('LastName'))?.['LastName']).toBe(lastName);
    },
  );
});

/** As many integration users as the org has seats, each with the permission set license. */
async function takeAllSeats(): Promise<readonly string[]> {
  const licenseId = await org.idOf(
    "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
  );
  const holders: string[] = [];
  for (let seat = 1; seat <= 5; seat += 1) {
    const id = await createIntegrationUser(org.client, `holder${seat}@acme.example`);
    await org.insert('PermissionSetLicenseAssign', { AssigneeId: id, PermissionSetLicenseId: licenseId });
    holders.push(id);
  }
  return holders;
}

describe('Given an org whose seats are all taken', () => {
  let holders: readonly string[];

  beforeEach(async () => {
    await org.given();
    holders = await takeAllSeats();
  });

  it('When create runs, Then it names who holds the seats and writes nothing', async () => {
    const { requests, outcome } = await org.requestsOf(() => org.failing());
    expect(outcome).toMatchObject({
      name: 'NoUserLicenseSeatError',
      message: expect.stringContaining('holder3@acme.example') as string,
    });
    expect(requests.every((request) => request.changed === 0)).toBe(true);
  });

  it('When inactive users hold a license, Then they are marked', async () => {
    await org.client.send('PATCH', `/services/data/v66.0/sobjects/User/${holders[0] ?? ''}`, {
      body: { IsActive: false },
    });
    const error = await org.failing();
    expect(error).toMatchObject({
      name: 'NoPermissionSetLicenseSeatError',
      message: expect.stringContaining('holder1@acme.example (inactive)') as string,
    });
  });
});

describe('Given an edition without the integration license', () => {
  it('When create runs, Then it says so and writes nothing', async () => {
    await org.given({ quirks: { edition: 'professional' } });
    await expect(org.create()).rejects.toMatchObject({ name: 'IntegrationLicenseMissingError' });
  });
});

describe('Given a username that is taken in another org', () => {
  it('When create runs, Then that is explained and not tried again', async () => {
    await org.given();
    const message = 'Duplicate Username.<br>The username already exists in this or another Salesforce organization.';
    await org.client.post('/__practice__/faults', [
      { method: 'POST', path: '/composite$', status: 400, errorCode: 'DUPLICATE_USERNAME', message },
    ]);
    const { requests, outcome } = await org.requestsOf(() => org.failing());
    expect(outcome).toMatchObject({
      name: 'DuplicateUsernameError',
      actions: [expect.any(String), expect.any(String)],
    });
    expect(requests.filter(({ path }) => path.endsWith('/composite'))).toHaveLength(1);
  });
});

describe('Given a running user who may not manage users', () => {
  it('When create runs, Then the missing permissions are named and nothing is written', async () => {
    await org.given({ records: 20 });
    const [person] = await org.client.query(
      "SELECT Username FROM User WHERE IsActive = true AND Profile.Name = 'Standard User' LIMIT 1",
    );
    const accessToken = await org.client.tokenOf(String(person?.['Username']));
    const theirs = await connectTo({ url: org.server.url, accessToken });
    await expect(org.create({}, {}, theirs)).rejects.toMatchObject({
      name: 'MissingPermissionError',
      message: expect.stringContaining('Manage Internal Users') as string,
    });
  });
});
