import { beforeAll, describe, expect, it } from 'vitest';
import { deploy, manifestOf, metadataDocument } from '../../support/deployment.ts';
import { usePracticeServer } from '../../support/practice-server.ts';
import { createIntegrationUser, createRecord } from '../../support/setup-records.ts';

const username = 'bot@acme.example';
const flagged = 7;
const all = 40;
const family = ['Account', 'Contact', 'Opportunity', 'Case'] as const;

const field =
  '<fields><fullName>Flag__c</fullName><defaultValue>false</defaultValue><label>Flag</label><type>Checkbox</type></fields>';
const group = '<doesIncludeBosses>false</doesIncludeBosses><name>Bot</name>';
const permissionSet =
  '<fieldPermissions><editable>true</editable><field>Account.Flag__c</field><readable>true</readable></fieldPermissions>' +
  '<hasActivationRequired>false</hasActivationRequired><label>Bot</label>' +
  '<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit>' +
  '<allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object>' +
  '<viewAllRecords>false</viewAllRecords></objectPermissions>';
const allPrivate = '<externalSharingModel>Private</externalSharingModel><sharingModel>Private</sharingModel>';
const rule =
  '<sharingCriteriaRules><fullName>Flagged</fullName><accessLevel>Read</accessLevel><accountSettings>' +
  '<caseAccessLevel>None</caseAccessLevel><contactAccessLevel>None</contactAccessLevel>' +
  '<opportunityAccessLevel>None</opportunityAccessLevel></accountSettings><label>Flagged</label>' +
  '<sharedTo><group>Bot</group></sharedTo>' +
  '<criteriaItems><field>Flag__c</field><operation>equals</operation><value>True</value></criteriaItems>' +
  '<includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules>';

/** The whole manual procedure, by requests alone: each test looks at what the user sees after one more step. */
describe('Given an integration user that may read accounts', () => {
  const client = usePracticeServer({ records: all });
  let token = '';
  let flaggedId = '';

  async function visible(soql = 'SELECT COUNT() FROM Account'): Promise<number> {
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    return (await client.get<{ readonly totalSize: number }>(path, { token })).body.totalSize;
  }

  async function idOf(soql: string): Promise<string> {
    const [row] = await client.query<{ readonly Id: string }>(soql);
    return row?.Id ?? '';
  }

  beforeAll(async () => {
    const userId = await createIntegrationUser(client, username);
    await createRecord(client, 'PermissionSetLicenseAssign', {
      AssigneeId: userId,
      PermissionSetLicenseId: await idOf(
        "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
      ),
    });
    await deploy(client, {
      'package.xml': manifestOf({ CustomField: ['Account.Flag__c'], Group: ['Bot'], PermissionSet: ['Bot'] }),
      'objects/Account.object': metadataDocument('CustomObject', field),
      'groups/Bot.group': metadataDocument('Group', group),
      'permissionsets/Bot.permissionset': metadataDocument('PermissionSet', permissionSet),
    });
    const PermissionSetId = await idOf("SELECT Id FROM PermissionSet WHERE Name = 'Bot'");
    for (const AssigneeId of [userId, client.server.org.adminUserId]) {
      await createRecord(client, 'PermissionSetAssignment', { AssigneeId, PermissionSetId });
    }
    const GroupId = await idOf("SELECT Id FROM Group WHERE DeveloperName = 'Bot'");
    await createRecord(client, 'GroupMember', { GroupId, UserOrGroupId: userId });
    const accounts = await client.query<{ readonly Id: string }>(`SELECT Id FROM Account LIMIT ${flagged}`);
    flaggedId = accounts[0]?.Id ?? '';
    const records = accounts.map(({ Id }) => ({ attributes: { type: 'Account' }, id: Id, Flag__c: true }));
    await client.send('PATCH', '/services/data/v66.0/composite/sobjects', { body: { records } });
    token = await client.tokenOf(username);
  });

  it('when accounts are private and a rule shares the flagged ones, then it sees exactly these', async () => {
    const steps = [await visible()];
    await deploy(client, {
      'package.xml': manifestOf({ CustomObject: family }),
      ...Object.fromEntries(
        family.map((name) => [`objects/${name}.object`, metadataDocument('CustomObject', allPrivate)]),
      ),
    });
    steps.push(await visible());
    await deploy(client, {
      'package.xml': manifestOf({ SharingRules: ['Account'], SharingCriteriaRule: ['Account.Flagged'] }),
      'sharingRules/Account.sharingRules': metadataDocument('SharingRules', rule),
    });
    steps.push(await visible());
    await client.send('PATCH', `/services/data/v66.0/sobjects/Account/${flaggedId}`, { body: { Flag__c: false } });
    steps.push(await visible());
    expect(steps).toEqual([all, 0, flagged, flagged - 1]);
  });

  it('when a field is not granted to it, then there is no such column for it', async () => {
    const path = '/services/data/v66.0/query?q=SELECT+AnnualRevenue+FROM+Account';
    const user = await client.get(path, { token });
    const admin = await client.get(path);
    expect([user.status, user.text, admin.status]).toEqual([
      400,
      expect.stringContaining("No such column 'AnnualRevenue' on entity 'Account'"),
      200,
    ]);
  });
});
