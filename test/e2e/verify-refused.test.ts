import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Definition, HidePart } from '../../src/definition/definition.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { Row } from '../../src/observation/question.js';
import type { OrgPort } from '../../src/org/port.js';
import { unaccountedRows } from '../../src/proof/unaccounted.js';
import { practiceUsername, userPart } from '../support/engine.ts';
import { hidePart } from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { answering, noRows, refusing, timedOut, withRows } from '../support/refusing-port.ts';
import { createRecord } from '../support/setup-records.ts';
import {
  accountsByFlag,
  applyDefinition,
  filteredDefinition,
  flagRecords,
  idsOf,
  idsWith,
  verifyThrough,
  type Verified,
} from '../support/verification.ts';

const definition = accountsByFlag();

function verify(port: OrgPort, asked = definition): Promise<Verified> {
  return verifyThrough(port, asked);
}

describe('Given a user in a group inside another one, with which an unflagged account is shared by hand', () => {
  let server: PracticeServer;
  let port: OrgPort;

  beforeAll(async () => {
    server = await startPracticeServer({ records: 40 });
    const client = new PracticeClient(() => server);
    const connection = await connectTo(server);
    port = createOrgPort(connection);
    await applyDefinition(connection, definition);
    const [userId] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    const inner = await createRecord(client, 'Group', { Name: 'Inner', DeveloperName: 'Inner', Type: 'Regular' });
    const outer = await createRecord(client, 'Group', { Name: 'Outer', DeveloperName: 'Outer', Type: 'Regular' });
    await createRecord(client, 'GroupMember', { GroupId: inner, UserOrGroupId: userId });
    await createRecord(client, 'GroupMember', { GroupId: outer, UserOrGroupId: inner });
    // With a contact the account looks as if it were visible as the parent of it.
    const withContacts = 'IN (SELECT AccountId FROM Contact WHERE AccountId != null)';
    await flagRecords(client, 'Account', await idsOf(client, `SELECT Id FROM Account WHERE Id NOT ${withContacts}`));
    const [shared] = await idsOf(client, `SELECT Id FROM Account WHERE Id ${withContacts} LIMIT 1`);
    await createRecord(client, 'AccountShare', {
      AccountId: shared,
      UserOrGroupId: outer,
      AccountAccessLevel: 'Read',
      OpportunityAccessLevel: 'None',
      CaseAccessLevel: 'None',
    });
  }, 60_000);
  afterAll(() => server.close());

  it('When Salesforce answers, Then the share is found', async () => {
    expect(idsWith('fail', await verify(port))).toEqual(['other-shares', 'records']);
  });

  it('When it refuses which groups contain the group, Then what may come through them is unknown', async () => {
    const verified = await verify(refusing(/FROM GroupMember WHERE UserOrGroupId IN \('/, port, timedOut));
    expect({
      exitCode: verified.exitCode,
      unknown: idsWith('unknown', verified),
      proof: verified.result.proof.map(({ sobject, status }) => `${sobject} ${status}`),
    }).toEqual({
      exitCode: 3,
      unknown: ['other-rules', 'other-shares'],
      proof: ['Account fail', 'Contact unknown'],
    });
  });
});

describe('Given an org that refuses to say which groups contain those of the user', () => {
  it('When it is asked what accounts for visible records, Then nothing is said of them', async () => {
    const server = await startPracticeServer({ records: 20 });
    const client = new PracticeClient(() => server);
    const port = createOrgPort(await connectTo(server));
    await applyDefinition(await connectTo(server), filteredDefinition());
    const visible = [{ sobject: 'Account', ids: await idsOf(client, 'SELECT Id FROM Account LIMIT 3') }];
    const refused = refusing(/FROM GroupMember WHERE UserOrGroupId IN \('/, port, timedOut);
    await expect(unaccountedRows(filteredDefinition(), visible, refused)).rejects.toMatchObject({
      name: 'NoAnswerError',
      message: expect.stringContaining('QUERY_TIMEOUT') as string,
    });
    await server.close();
  });
});

describe('Given an org that is as defined', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let port: OrgPort;

  beforeAll(async () => {
    server = await startPracticeServer({ records: 20 });
    client = new PracticeClient(() => server);
    const connection = await connectTo(server);
    port = createOrgPort(connection);
    await applyDefinition(connection, definition);
    await flagRecords(client, 'Account', await idsOf(client, 'SELECT Id FROM Account ORDER BY Id LIMIT 5'));
  }, 60_000);
  afterAll(() => server.close());

  it.each<[string, RegExp, readonly string[]]>([
    ['the groups that the user is a member of', /FROM GroupMember WHERE UserOrGroupId IN \(SELECT/, []],
    ['the group of the whole organization', /FROM Group WHERE Type = 'Organization'/, []],
    ['the roles', /FROM UserRole/, ['role-hierarchy']],
  ])('When it refuses %s, Then what reaches the user is unknown', async (_, pattern, more) => {
    const verified = await verify(refusing(pattern, port, timedOut));
    expect(idsWith('unknown', verified)).toEqual([...more, 'other-rules', 'other-shares', 'records']);
  });

  it.each(['AccountTeamMember', 'UserTerritory2Association'])(
    'When it refuses %s for want of time, Then teams and territories are unknown',
    async (object) => {
      const verified = await verify(refusing(new RegExp(`FROM ${object}`), port, timedOut));
      expect(idsWith('unknown', verified)).toEqual(['teams-and-territories']);
    },
  );

  it.each(['AccountTeamMember', 'UserTerritory2Association'])(
    'When it has no %s at all, Then nobody is in any',
    async (object) => {
      expect(idsWith('pass', await verify(refusing(new RegExp(`FROM ${object}`), port)))).toContain(
        'teams-and-territories',
      );
    },
  );

  it('When its list of roles lacks the one of the user, Then what comes through roles is unknown', async () => {
    const [userId] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    const path = `/services/data/v66.0/sobjects/User/${userId ?? ''}`;
    const [role] = await idsOf(
      client,
      'SELECT Id FROM UserRole WHERE Id NOT IN (SELECT ParentRoleId FROM UserRole) LIMIT 1',
    );
    await client.send('PATCH', path, { body: { UserRoleId: role } });
    const verified = await verify(answering(/FROM UserRole/, noRows, port));
    await client.send('PATCH', path, { body: { UserRoleId: null } });
    expect(idsWith('unknown', verified)).toEqual(['role-hierarchy', 'other-rules', 'other-shares', 'records']);
  });

  const hiding = (hide: Partial<HidePart>): Definition => ({ ...definition, hide: hidePart(hide) });
  const described = userPart({ role: 'Marketing', fields: { Department: 'Marketing' } });

  it.each<[string, RegExp, Definition, readonly string[]]>([
    [
      'how fields are classified, by which they are hidden',
      /FROM FieldDefinition/,
      hiding({ securityClassification: ['Restricted'] }),
      ['access-set', 'hidden-fields', 'formulas', 'server-agrees'],
    ],
    [
      'what an object consists of, of which a part of an address is hidden',
      /^describe Account/,
      hiding({ fields: ['Account.BillingCity'] }),
      ['access-set', 'hidden-fields', 'formulas'],
    ],
    [
      'which fields may have permissions',
      /^describe FieldPermissions/,
      definition,
      ['access-set', 'hidden-fields', 'formulas', 'server-agrees'],
    ],
    ['the role that the user is to have', /FROM UserRole WHERE DeveloperName/, { ...definition, user: described }, []],
    ['which fields users have', /^describe User$/, { ...definition, user: described }, []],
    ['what the fields of the user hold', /SELECT Id, Department FROM User/, { ...definition, user: described }, []],
  ])('When it refuses %s, Then whatever needs it is unknown', async (_, pattern, asked, unknown) => {
    const verified = await verify(refusing(pattern, port, timedOut), asked);
    const user = asked.user === described ? ['user-as-defined'] : [];
    expect(idsWith('unknown', verified)).toEqual([...user, ...unknown]);
  });

  it('When it refuses which permission sets the user has, Then it is unknown whether it can tick the flag', async () => {
    const assignments = /^SELECT Id, PermissionSetId.* FROM PermissionSetAssignment WHERE Assignee/;
    expect(idsWith('unknown', await verify(refusing(assignments, port, timedOut)))).toContain('flag');
  });

  it('When the definition hides a field that it does not have, Then hidden fields are unknown', async () => {
    const verified = await verify(port, hiding({ fields: ['Account.Nonsense__c'] }));
    expect(idsWith('unknown', verified)).toEqual(['hidden-fields']);
  });

  it('When the definition names a role that it does not have, Then the user is not called as defined', async () => {
    const verified = await verify(port, { ...definition, user: userPart({ role: 'Nonsense' }) });
    expect(idsWith('unknown', verified)).toEqual(['user-as-defined']);
  });

  it.each(['UserEntityAccess', 'UserFieldAccess', 'EntityDefinition', 'FieldDefinition'])(
    'When it answers without rows what %s says, Then nothing is called compared',
    async (object) => {
      const verified = await verify(answering(new RegExp(`FROM ${object} `), noRows, port));
      expect(idsWith('unknown', verified)).toContain('server-agrees');
    },
  );

  const withShortId = (row: Row): Row => ({
    ...row,
    DurableId: String(row['DurableId']).replace(/(\.005\w{12})\w{3}$/, '$1'),
  });
  const evidenceOf = ({ result }: Verified): readonly string[] =>
    result.checks.find(({ id }) => id === 'server-agrees')?.evidence ?? [];

  it('When it names the user by 15 characters, Then as much is compared', async () => {
    const short = await verify(answering(/FROM User(Entity|Field)Access/, withRows(withShortId), port));
    expect(evidenceOf(short)).toEqual(evidenceOf(await verify(port)));
  });

  it('When it names the user by 15 characters and says more than the permissions, Then that is found', async () => {
    const allowing = withRows((row) => ({ ...withShortId(row), IsDeletable: true }));
    expect(idsWith('fail', await verify(answering(/FROM UserEntityAccess/, allowing, port)))).toEqual([
      'server-agrees',
    ]);
  });
});
