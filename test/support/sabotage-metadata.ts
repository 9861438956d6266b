import { manifestOf, metadataDocument, type MetadataFiles } from './deployment.ts';
import type { PracticeClient } from './practice-server.ts';
import { createRecord } from './setup-records.ts';

const everybody =
  '<sharingCriteriaRules><fullName>Everybody</fullName><accessLevel>Read</accessLevel><accountSettings>' +
  '<caseAccessLevel>None</caseAccessLevel><contactAccessLevel>None</contactAccessLevel>' +
  '<opportunityAccessLevel>None</opportunityAccessLevel></accountSettings><label>Everybody</label>' +
  '<sharedTo><allInternalUsers></allInternalUsers></sharedTo>' +
  '<criteriaItems><field>Name</field><operation>notEqual</operation><value>nobody</value></criteriaItems>' +
  '<includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules>';

export const ruleToEverybody: MetadataFiles = {
  'package.xml': manifestOf({ SharingRules: ['Account'] }),
  'sharingRules/Account.sharingRules': metadataDocument('SharingRules', everybody),
};

export const openedDefault: MetadataFiles = {
  'package.xml': manifestOf({ CustomObject: ['Account'] }),
  'objects/Account.object': metadataDocument(
    'CustomObject',
    '<externalSharingModel>Private</externalSharingModel><sharingModel>Read</sharingModel>',
  ),
};

export const formula: MetadataFiles = {
  'package.xml': manifestOf({ CustomField: ['Account.Revenue_Shown__c'] }),
  'objects/Account.object': metadataDocument(
    'CustomObject',
    '<fields><fullName>Revenue_Shown__c</fullName><formula>TEXT(AnnualRevenue)</formula><label>Revenue</label><type>Text</type></fields>',
  ),
};

export function destructionOf(type: string, name: string): MetadataFiles {
  return { 'package.xml': manifestOf({}), 'destructiveChanges.xml': manifestOf({ [type]: [name] }) };
}

const label = (text: string): string => `<label>${text}</label>`;
const fieldRead =
  '<fieldPermissions><editable>false</editable><field>Account.AnnualRevenue</field><readable>true</readable></fieldPermissions>';

/** A permission set group that gives the hidden field, muted or not. */
export function groupOf({ isMuted }: { readonly isMuted: boolean }): MetadataFiles {
  const muted = isMuted ? fieldRead : '';
  return {
    'package.xml': manifestOf({
      PermissionSet: ['Part'],
      MutingPermissionSet: ['Muting'],
      PermissionSetGroup: ['Bundle'],
    }),
    'permissionsets/Part.permissionset': metadataDocument('PermissionSet', `${fieldRead}${label('Part')}`),
    'mutingpermissionsets/Muting.mutingpermissionset': metadataDocument(
      'MutingPermissionSet',
      `${muted}${label('Muting')}`,
    ),
    'permissionsetgroups/Bundle.permissionsetgroup': metadataDocument(
      'PermissionSetGroup',
      `${label('Bundle')}<mutingPermissionSets>Muting</mutingPermissionSets><permissionSets>Part</permissionSets>`,
    ),
  };
}

export async function makeUser(client: PracticeClient, username: string): Promise<void> {
  const [profile] = await client.query<{ readonly Id: string }>("SELECT Id FROM Profile WHERE Name = 'Standard User'");
  await createRecord(client, 'User', {
    Username: username,
    LastName: 'Editor',
    Email: username,
    Alias: 'editor',
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: profile?.Id,
  });
}
