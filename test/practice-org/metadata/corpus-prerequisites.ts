import type { PicklistValue } from '../../../practice-org/schema/definitions.ts';
import type { XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { document, type Files, type MetadataOrg } from './metadata-org.ts';

/** What the files of other people's orgs refer to, made in a practice org before they are deployed there. */

export function elementsNamed(root: XmlElement, name: string): readonly XmlElement[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsNamed(child, name)]);
}

export function textsNamed(root: XmlElement, name: string): readonly string[] {
  return [...new Set(elementsNamed(root, name).map((element) => element.text.trim()))];
}

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
