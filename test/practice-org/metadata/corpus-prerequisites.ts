import type { PicklistValue } from '../../../practice-org/schema/definitions.ts';
import { field, text } from '../../../practice-org/schema/notation.ts';
import { object, ownedObject } from '../../../practice-org/schema/object-notation.ts';
import type { XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { elementsNamed } from './corpus.ts';
import { document, type Files, type MetadataOrg } from './metadata-org.ts';

/** What the files of other people's orgs refer to, made in a practice org before they are deployed there. */

export async function makeObject(metadata: MetadataOrg, name: string): Promise<void> {
  if (metadata.org.schema.object(name) !== undefined) return;
  if (!name.endsWith('__c')) return;
  const content =
    '<deploymentStatus>Deployed</deploymentStatus><label>Made</label><nameField><label>Name</label><type>Text</type></nameField>' +
    '<pluralLabel>Made</pluralLabel><sharingModel>Private</sharingModel>';
  await metadata.prepare({ CustomObject: [name] }, { [`objects/${name}.object`]: document('CustomObject', content) });
}

/** A field of the kind that the values it is compared with need. */
export async function makeField(
  metadata: MetadataOrg,
  path: string,
  type: 'Checkbox' | 'Text' | 'Number',
): Promise<void> {
  const [object = '', name = ''] = path.split('.');
  if (!name.endsWith('__c') || metadata.org.schema.field(object, name) !== undefined) return;
  const details = {
    Checkbox: '<defaultValue>false</defaultValue><label>Made</label><type>Checkbox</type>',
    Text: '<label>Made</label><length>255</length><type>Text</type>',
    Number: '<label>Made</label><precision>18</precision><scale>2</scale><type>Number</type>',
  };
  const content = `<fields><fullName>${name}</fullName>${details[type]}</fields>`;
  await metadata.prepare({ CustomField: [path] }, { [`objects/${object}.object`]: document('CustomObject', content) });
}

export function makeUser(metadata: MetadataOrg, nickname: string): void {
  const profileId = metadata.row('Profile', { Name: 'Standard User' })['Id'] ?? null;
  if (metadata.rows('User', { CommunityNickname: nickname }).length > 0) return;
  metadata.insert('User', {
    Username: `${nickname}@corpus.example`,
    LastName: nickname,
    Email: 'someone@corpus.example',
    Alias: nickname.slice(0, 8),
    CommunityNickname: nickname,
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'de_DE',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: profileId,
  });
}

function recordTypeFiles(object: string, labels: readonly string[]): Files {
  const types = labels.map(
    (label, at) =>
      `<recordTypes><fullName>Made_${at}</fullName><active>true</active><label>${label}</label></recordTypes>`,
  );
  return { [`objects/${object}.object`]: document('CustomObject', types.join('')) };
}

export async function makeRecordTypes(metadata: MetadataOrg, object: string, labels: readonly string[]): Promise<void> {
  if (labels.length === 0) return;
  const members = labels.map((_, at) => `${object}.Made_${at}`);
  await metadata.prepare({ RecordType: members }, recordTypeFiles(object, labels.map(escape)));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Adds what a real org's picklist has beyond the standard values. */
export function makePicklistValues(
  metadata: MetadataOrg,
  object: string,
  name: string,
  values: readonly string[],
): void {
  const field = metadata.org.schema.field(object, name);
  if (field?.type !== 'picklist') return;
  const added = values.map((value): PicklistValue => ({ value, label: value, active: true, isDefault: false }));
  metadata.org.schema.putField(object, { ...field, picklistValues: [...field.picklistValues, ...added] });
}

export async function makePrincipals(metadata: MetadataOrg, root: XmlElement): Promise<void> {
  const principals = [...elementsNamed(root, 'sharedTo'), ...elementsNamed(root, 'sharedFrom')].flatMap(
    (one) => one.children,
  );
  const files: Record<string, string> = {};
  const members: Record<string, string[]> = { Group: [], Role: [], Queue: [] };
  for (const principal of principals) {
    const name = principal.text.trim();
    if (principal.name === 'guestUser') makeUser(metadata, name);
    const type =
      { group: 'Group', queue: 'Queue' }[principal.name] ?? (principal.name.startsWith('role') ? 'Role' : undefined);
    if (type === undefined || members[type]?.includes(name) === true) continue;
    members[type]?.push(name);
    files[`${type.toLowerCase()}s/${name}.${type.toLowerCase()}`] = document(type, '<name>Made</name>');
  }
  await metadata.prepare(members, files);
}

/** An object or field of a feature that the practice org does not have. */
export function makePermissionable(metadata: MetadataOrg, path: string): void {
  const [objectName = '', fieldName] = path.split('.');
  const { schema, store } = metadata.org;
  if (schema.object(objectName)?.permissionable !== true) {
    schema.putObject(
      object(objectName, null, [text('Name', 80)], { ...ownedObject, custom: objectName.endsWith('__c') }),
    );
    if (!store.hasTable(objectName)) store.createTable(objectName);
  }
  if (fieldName === undefined || fieldNamed(metadata, objectName, fieldName)) return;
  schema.putField(objectName, field(fieldName, 'string', 'CUFSGN', { length: 255, custom: fieldName.endsWith('__c') }));
}

function fieldNamed(metadata: MetadataOrg, objectName: string, fieldName: string): boolean {
  return [fieldName, `${fieldName}Id`].some((name) => metadata.org.schema.field(objectName, name) !== undefined);
}

export function makeLicence(metadata: MetadataOrg, name: string): void {
  if (name === '' || metadata.rows('UserLicense', { Name: name }).length > 0) return;
  metadata.org.store.table('UserLicense').insert({ Name: name, MasterLabel: name, TotalLicenses: 1, Status: 'Active' });
}

export function makeLayout(metadata: MetadataOrg, fullName: string): void {
  const at = fullName.indexOf('-');
  const values = { TableEnumOrId: fullName.slice(0, at), Name: decodeURIComponent(fullName.slice(at + 1)) };
  if (metadata.rows('Layout', values).length === 0) metadata.org.store.table('Layout').insert(values);
}

export function makeRecordType(metadata: MetadataOrg, fullName: string): void {
  const [SobjectType = '', DeveloperName = ''] = fullName.split('.');
  const values = { SobjectType, DeveloperName, Name: DeveloperName };
  if (metadata.rows('RecordType', values).length === 0) metadata.org.store.table('RecordType').insert(values);
}

/** A profile that Salesforce ships with a licence. */
export function makeStandardProfile(metadata: MetadataOrg, name: string, licence: string): void {
  const { store } = metadata.org;
  const UserLicenseId = metadata.row('UserLicense', { Name: licence === '' ? 'Salesforce' : licence })['Id'] ?? null;
  const profiles = store.table('Profile');
  const ProfileId = profiles.idOf(profiles.insert({ Name: name, UserLicenseId, UserType: 'Standard' }));
  const owned = {
    ProfileId,
    IsOwnedByProfile: true,
    IsCustom: false,
    Type: 'Profile',
    Name: `X${ProfileId}`,
    Label: name,
  };
  store.table('PermissionSet').insert(owned);
}
