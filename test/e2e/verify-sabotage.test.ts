import type { Connection } from '@salesforce/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Definition } from '../../src/definition/definition.js';
import { deploy } from '../support/deployment.ts';
import { practiceUsername, userPart } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import {
  destructionOf,
  formula,
  groupOf,
  makeUser,
  openedDefault,
  ruleToEverybody,
} from '../support/sabotage-metadata.ts';
import { StockCliAdministrator, type Values } from '../support/stock-cli-administrator.ts';
import {
  applyDefinition,
  filteredDefinition,
  flagRecords,
  idsOf,
  idsWith,
  verifyDefinition,
} from '../support/verification.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;
/** Whoever does the damage and makes it good again. */
let admin: StockCliAdministrator;
let userId: string;
let unflagged: string;

/** Installing the CLI takes its time on a machine that has never run these tests. */
const installMs = 600_000;
const editor = 'editor@acme.example';
const definition: Definition = filteredDefinition({
  user: userPart({ permissionSets: ['Bundle'] }),
  share: { ...shareOf(filteredDefinition()), flagEditors: [editor] },
});

type Undo = () => Promise<unknown>;
type Sabotage = {
  readonly what: string;
  /** Does the damage and returns how it is made good. */
  readonly damage: () => Promise<Undo>;
  readonly fails: readonly string[];
  /** Found in the evidence of the first failed check: the cause by its name. */
  readonly names: RegExp;
};

const one = async (soql: string): Promise<string> => {
  const [id] = await idsOf(client, soql);
  if (id === undefined) throw new Error(`nothing found: ${soql}`);
  return id;
};
const insert = async (sobject: string, values: Values): Promise<Undo> => {
  const id = await admin.insert(sobject, values);
  return () => admin.remove(sobject, id);
};
const change = async (sobject: string, id: string, values: Values, before: Values): Promise<Undo> => {
  await admin.update(sobject, id, values);
  return () => admin.update(sobject, id, before);
};
const accessAssignment = (): Promise<string> =>
  one(
    `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${userId}' AND PermissionSet.Name = 'HubSpot_Integration_Access'`,
  );
const reapply: Undo = () => applyDefinition(connection, definition);

/** A permission set of somebody else, with some permissions, assigned to the integration user. */
async function secondSet(system: Values, object: Values | null = null): Promise<Undo> {
  const id = await admin.insert('PermissionSet', { Name: 'Second', Label: 'Second', ...system });
  if (object !== null) await admin.insert('ObjectPermissions', { ParentId: id, ...object });
  await admin.assign('Second', practiceUsername);
  const assignment = await one(`SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${id}'`);
  return async () => {
    await admin.remove('PermissionSetAssignment', assignment);
    await admin.remove('PermissionSet', id);
  };
}

const readAccount = { SobjectType: 'Account', PermissionsRead: true };
const sabotages: readonly Sabotage[] = [
  {
    what: 'a second permission set gives View All on accounts',
    damage: () => secondSet({}, { ...readAccount, PermissionsViewAllRecords: true }),
    fails: ['permission-sets', 'view-all-records', 'records'],
    names: /Second/,
  },
  {
    what: 'a second permission set gives View All Fields on accounts',
    damage: () => secondSet({}, { ...readAccount, PermissionsViewAllFields: true }),
    fails: ['permission-sets', 'hidden-fields', 'view-all-fields'],
    names: /Second/,
  },
  {
    what: 'a second permission set lets the user edit accounts',
    damage: () => secondSet({}, { ...readAccount, PermissionsEdit: true }),
    fails: ['permission-sets', 'object-access'],
    names: /Second/,
  },
  {
    what: 'a second permission set lets the user manage sharing',
    damage: () => secondSet({ PermissionsManageSharing: true }),
    fails: ['permission-sets', 'elevation'],
    names: /Second/,
  },
  {
    what: 'an account is shared by hand',
    damage: () =>
      insert('AccountShare', {
        AccountId: unflagged,
        UserOrGroupId: userId,
        AccountAccessLevel: 'Read',
        OpportunityAccessLevel: 'None',
        CaseAccessLevel: 'None',
      }),
    fails: ['other-shares', 'records'],
    names: /by hand/,
  },
  {
    what: 'the user gets a role with others below it',
    damage: async () => {
      const role = await one('SELECT Id FROM UserRole WHERE ParentRoleId = null LIMIT 1');
      return change('User', userId, { UserRoleId: role }, { UserRoleId: null });
    },
    fails: ['role-hierarchy', 'records'],
    names: /below it/,
  },
  {
    what: 'the user owns an account',
    damage: async () => {
      const [row] = await client.query<{ readonly OwnerId: string }>(
        `SELECT OwnerId FROM Account WHERE Id = '${unflagged}'`,
      );
      return change('Account', unflagged, { OwnerId: userId }, { OwnerId: row?.OwnerId ?? '' });
    },
    fails: ['ownership', 'records'],
    names: /owns 1/,
  },
  {
    what: 'the user is on an account team',
    damage: () => insert('AccountTeamMember', { AccountId: unflagged, UserId: userId, AccountAccessLevel: 'Read' }),
    fails: ['teams-and-territories', 'records'],
    names: /1 account team/,
  },
  {
    what: 'the organization-wide default of accounts is opened',
    damage: async () => {
      await admin.deploy(openedDefault);
      return reapply;
    },
    fails: ['organization-wide-defaults', 'records'],
    names: /Account is Read/,
  },
  {
    what: 'another rule shares accounts with everybody inside',
    damage: async () => {
      await admin.deploy(ruleToEverybody);
      return () => admin.deploy(destructionOf('SharingCriteriaRule', 'Account.Everybody'));
    },
    fails: ['other-rules', 'records'],
    names: /Account\.Everybody/,
  },
  {
    what: 'the muting of a permission set group is removed',
    damage: async () => {
      await admin.deploy(groupOf({ isMuted: false }));
      return () => admin.deploy(groupOf({ isMuted: true }));
    },
    fails: ['hidden-fields'],
    names: /Bundle/,
  },
  {
    what: 'the profile shows the hidden field',
    damage: async () => {
      const ParentId = await one(
        `SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId IN (SELECT ProfileId FROM User WHERE Id = '${userId}')`,
      );
      const field = { SobjectType: 'Account', Field: 'Account.AnnualRevenue', PermissionsRead: true };
      return insert('FieldPermissions', { ParentId, ...field, PermissionsEdit: false });
    },
    fails: ['hidden-fields'],
    names: /Account\.AnnualRevenue/,
  },
  {
    what: 'a visible formula shows the hidden field',
    damage: async () => {
      await admin.deploy(formula);
      const ParentId = await one(
        `SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId IN (SELECT ProfileId FROM User WHERE Id = '${userId}')`,
      );
      const field = { SobjectType: 'Account', Field: 'Account.Revenue_Shown__c', PermissionsRead: true };
      await admin.insert('FieldPermissions', { ParentId, ...field, PermissionsEdit: false });
      return () => admin.deploy(destructionOf('CustomField', 'Account.Revenue_Shown__c'));
    },
    fails: ['formulas'],
    names: /Revenue_Shown__c/,
  },
  {
    what: 'the user may edit the flag',
    damage: async () => {
      const row = await one(
        "SELECT Id FROM FieldPermissions WHERE SobjectType = 'Account' AND Field = 'Account.Send_to_HubSpot__c' AND Parent.Name = 'HubSpot_Integration_Access'",
      );
      await admin.update('FieldPermissions', row, { PermissionsEdit: true });
      return reapply;
    },
    fails: ['access-set', 'flag'],
    names: /HubSpot_Integration_Access/,
  },
  {
    what: 'the group has a second member',
    damage: async () => {
      const GroupId = await one("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot_Integration'");
      return insert('GroupMember', { GroupId, UserOrGroupId: server.org.adminUserId });
    },
    fails: ['group'],
    names: /another member/,
  },
  {
    what: 'the group includes managers',
    damage: async () => {
      const id = await one("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot_Integration'");
      return change('Group', id, { DoesIncludeBosses: true }, { DoesIncludeBosses: false });
    },
    fails: ['group'],
    names: /hierarchies/,
  },
  {
    what: 'the user leaves the group',
    damage: async () => {
      await admin.remove('GroupMember', await one(`SELECT Id FROM GroupMember WHERE UserOrGroupId = '${userId}'`));
      return reapply;
    },
    fails: ['group', 'records'],
    names: /isn't in the public group/,
  },
  {
    what: 'a sharing rule is deleted',
    damage: async () => {
      await admin.deploy(destructionOf('SharingCriteriaRule', 'Account.Send_to_HubSpot'));
      return reapply;
    },
    fails: ['rule', 'records'],
    names: /Account\.Send_to_HubSpot doesn't exist/,
  },
  {
    what: 'the permission set license is gone',
    damage: async () => {
      // Salesforce keeps the license as long as a permission set needs it.
      await admin.remove('PermissionSetAssignment', await accessAssignment());
      await admin.remove(
        'PermissionSetLicenseAssign',
        await one(`SELECT Id FROM PermissionSetLicenseAssign WHERE AssigneeId = '${userId}'`),
      );
      return reapply;
    },
    fails: ['permission-set-license', 'permission-sets', 'object-access', 'records'],
    names: /doesn't hold/,
  },
  {
    what: 'the user is frozen',
    damage: async () => {
      const id = await one(`SELECT Id FROM UserLogin WHERE UserId = '${userId}'`);
      return change('UserLogin', id, { IsFrozen: true }, { IsFrozen: false });
    },
    fails: ['user-not-frozen'],
    names: /frozen/,
  },
  {
    what: 'the user is inactive',
    damage: () => change('User', userId, { IsActive: false }, { IsActive: true }),
    fails: ['user-active', 'records'],
    names: /inactive/,
  },
  {
    what: 'the access set is no longer assigned',
    damage: async () => {
      await admin.remove('PermissionSetAssignment', await accessAssignment());
      return reapply;
    },
    fails: ['permission-sets', 'object-access', 'records'],
    names: /HubSpot_Integration_Access/,
  },
  {
    what: 'a flag editor loses the permission to tick the flag',
    damage: async () => {
      const id = await one(
        `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${editor}' AND PermissionSet.Name = 'HubSpot_Flag_Editor'`,
      );
      await admin.remove('PermissionSetAssignment', id);
      return reapply;
    },
    fails: ['flag-editors'],
    names: /editor@acme\.example/,
  },
];

function shareOf({ share }: Definition): NonNullable<Definition['share']> {
  if (share === null) throw new Error('the definition shares nothing');
  return share;
}

describe('Given an org as defined and somebody with the stock CLI', () => {
  beforeAll(async () => {
    server = await startPracticeServer({ records: 40 });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await makeUser(client, editor);
    await deploy(client, groupOf({ isMuted: true }));
    admin = await StockCliAdministrator.create(server);
    await applyDefinition(connection, definition);
    await flagRecords(client, 'Account', await idsOf(client, 'SELECT Id FROM Account ORDER BY Id LIMIT 10'));
    const [user] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    userId = user ?? '';
    unflagged = await one('SELECT Id FROM Account WHERE Send_to_HubSpot__c = false ORDER BY Id LIMIT 1');
  }, installMs);
  afterAll(async () => {
    await admin.dispose();
    await server.close();
  });

  it('When verify runs, Then every check passes', async () => {
    const verified = await verifyDefinition(connection, definition);
    expect({
      open: verified.result.checks.filter(({ status }) => status !== 'pass'),
      exitCode: verified.exitCode,
    }).toEqual({
      open: [],
      exitCode: 0,
    });
  });

  describe.each(sabotages)('When $what', ({ damage, fails, names }) => {
    it('Then exactly the checks of that cause fail, name it and say what to do, and pass again afterwards', async () => {
      const undo = await damage();
      const broken = await verifyDefinition(connection, definition);
      await undo();
      const repaired = await verifyDefinition(connection, definition);
      const failed = broken.result.checks.filter(({ status }) => status !== 'pass');
      expect(failed.map(({ id }) => id)).toEqual(fails);
      expect(failed.filter(({ fixes }) => fixes.length === 0)).toEqual([]);
      expect(failed.flatMap(({ evidence }) => evidence).join('\n')).toMatch(names);
      expect(broken.exitCode).toBe(3);
      expect(idsWith('pass', repaired)).toEqual(repaired.result.checks.map(({ id }) => id));
    });
  });
});
