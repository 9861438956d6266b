/**
 * Prints how fast the practice org decides who sees what with a million accounts, everything Private and shared by rules:
 * `node bench/practice-org-sharing.ts [RECORDS]`.
 */
import { createPracticeOrg } from '../practice-org/org/create-org.ts';
import { defaultSettings } from '../practice-org/server/command-line.ts';
import type { SharingModel, SharingRule } from '../practice-org/sharing/sharing.ts';
import { runQuery } from '../practice-org/soql/query.ts';
import type { Values } from '../practice-org/storage/table.ts';

const records = Number(process.argv[2] ?? 1_000_000);
const isPrivate: SharingModel = { internal: 'Private', external: 'Private' };
const objects = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead'];
const criteria = { Account: ['Industry', 'Technology'], Contact: ['LeadSource', 'Web'], Lead: ['LeadSource', 'Web'] };

function measure<T>(title: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  const megabytes = Math.round(process.memoryUsage().rss / 1_048_576);
  console.log(`${title.padEnd(72)} ${(performance.now() - start).toFixed(0).padStart(6)} ms  ${megabytes} MB resident`);
  return result;
}

const org = createPracticeOrg({ ...defaultSettings, records, recalculationMs: 0 });
const admin = { userId: org.adminUserId, apiVersion: 66 };

function insert(object: string, values: Values): string {
  return org.dml.insert(admin, object, values);
}

function firstId(object: string, where: Values): string {
  return String(org.store.select(object, where)[0]?.['Id']);
}

function integrationUser(): string {
  const userId = insert('User', {
    Username: 'bench@practice.example',
    LastName: 'Bench',
    Email: 'bench@practice.example',
    Alias: 'bench',
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: firstId('Profile', { UserLicenseId: firstId('UserLicense', { Name: 'Salesforce Integration' }) }),
  });
  const licenceId = firstId('PermissionSetLicense', { DeveloperName: 'SalesforceAPIIntegrationPsl' });
  insert('PermissionSetLicenseAssign', { AssigneeId: userId, PermissionSetLicenseId: licenceId });
  const setId = insert('PermissionSet', { Name: 'Bench', Label: 'Bench' });
  for (const SobjectType of objects)
    insert('ObjectPermissions', { ParentId: setId, SobjectType, PermissionsRead: true });
  insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId });
  const groupId = insert('Group', { Name: 'Bench', DeveloperName: 'Bench', Type: 'Regular', DoesIncludeBosses: false });
  insert('GroupMember', { GroupId: groupId, UserOrGroupId: userId });
  return userId;
}

function rule(object: string, field: string, value: string): SharingRule {
  const nothing = { caseAccessLevel: 'None', contactAccessLevel: 'None', opportunityAccessLevel: 'None' };
  return {
    kind: 'criteria',
    object,
    fullName: 'Bench',
    label: 'Bench',
    description: null,
    accessLevel: 'Read',
    accountSettings: object === 'Account' ? nothing : null,
    sharedTo: { kind: 'group', name: 'Bench' },
    sharedFrom: null,
    booleanFilter: null,
    criteriaItems: [{ field, operation: 'equals', value }],
    includeRecordsOwnedByAll: true,
    includeHVUOwnedRecords: false,
  };
}

const userId = integrationUser();
org.sharing.setModels(new Map(objects.map((object) => [object, isPrivate])));
for (const [object, [field = '', value = '']] of Object.entries(criteria))
  org.sharing.putRule(rule(object, field, value));

const someIds = Array.from({ length: 200 }, (_, index) => `'${org.store.table('Account').idOf(index)}'`).join();
for (const soql of [
  'SELECT COUNT() FROM Account',
  'SELECT Id, Name FROM Account LIMIT 2000',
  "SELECT COUNT() FROM Account WHERE Name LIKE '%7'",
  'SELECT COUNT() FROM Contact',
  'SELECT COUNT() FROM Lead',
  'SELECT COUNT() FROM Case',
]) {
  measure(soql, () => runQuery(org, { userId, apiVersion: 66 }, soql).totalSize);
}
for (const soql of [
  `SELECT RecordId, MaxAccessLevel FROM UserRecordAccess WHERE UserId = '${userId}' AND RecordId IN (${someIds})`,
  "SELECT COUNT() FROM AccountShare WHERE RowCause = 'Rule'",
]) {
  measure(soql.slice(0, 70), () => runQuery(org, admin, soql).totalSize);
}
