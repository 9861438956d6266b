import { readFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { parseXml, type XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { handleSoap } from '../../../practice-org/soap/endpoint.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';
import { document, MetadataOrg } from '../metadata/metadata-org.ts';

/** Requests and replies of another vendor's client, recorded against a real org. */
function recorded(name: string): string {
  const path = referencePath('wire', 'recorded', 'amp-labs', name);
  if (path === undefined) throw new Error(`${name} is not among the recorded payloads`);
  return readFileSync(path, 'utf8');
}

const object = document(
  'CustomObject',
  `<deploymentStatus>Deployed</deploymentStatus><label>Test</label><nameField><label>Name</label><type>Text</type></nameField>
   <pluralLabel>Tests</pluralLabel><sharingModel>ReadWrite</sharingModel>`,
);

let metadata: MetadataOrg;

beforeEach(async () => {
  metadata = new MetadataOrg();
  await metadata.prepare({ CustomObject: ['TestObject15__c'] }, { 'objects/TestObject15__c.object': object });
});

function answer(envelope: string): XmlElement {
  return body(handleSoap(metadata.service, () => metadata.admin, envelope).body);
}

function body(envelope: string): XmlElement {
  const found = parseXml(envelope).children.find(({ name }) => name === 'Body')?.children[0];
  if (found === undefined) throw new Error('the envelope is empty');
  return found;
}

/** Elements and text, without the layout of the file. */
function content(element: XmlElement): unknown {
  if (element.children.length === 0) return [element.name, element.text.trim()];
  return [element.name, ...element.children.map(content)];
}

/** Only some of the `metadata` elements of a recorded request. */
function only(envelope: string, names: readonly string[]): string {
  return envelope.replace(/<metadata [^]*?<\/metadata>/g, (element) =>
    names.some((name) => element.includes(name)) ? element : '',
  );
}

const fields = 'test__metadata__write__object15__mix-of-many-fields';
const permissions = 'test__metadata__write__write-field-permissions';

describeWithReference('Given requests that a real org has answered', () => {
  it('When fields of six types are upserted, three of which are there, Then the reply is the recorded one', () => {
    answer(only(recorded(`${fields}-payload.xml`), ['Age__c', 'IsReady__c', 'Connection__c']));

    const reply = answer(recorded(`${fields}-payload.xml`));

    expect(content(reply)).toEqual(content(body(recorded(`${fields}-response.xml`))));
  });

  it('When one of three fields is too short, Then it fails and the others are rolled back with it', () => {
    const short = recorded(`${fields}-payload.xml`).replace('<length>444</length>', '<length>44</length>');

    const reply = content(answer(only(short, ['Birthday__c', 'Hobby__c']))) as readonly unknown[];

    const [, refused, rolledBack] = content(
      body(recorded('internal__crm__metadata__test__err-bad-request.xml')),
    ) as readonly unknown[];
    const errors = (result: unknown) =>
      (result as readonly (readonly unknown[])[]).find((part) => part[0] === 'errors');
    expect([errors(reply[2]), errors(reply[1])]).toEqual([errors(refused), errors(rolledBack)]);
    expect(metadata.org.schema.field('TestObject15__c', 'Birthday__c')).toBeUndefined();
  });

  it('When a field is deleted, Then the reply is the recorded one', () => {
    answer(recorded(`${fields}-payload.xml`));

    const reply = answer(recorded('test__metadata__delete__delete-fields-payload.xml'));

    expect(content(reply)).toEqual(content(body(recorded('test__metadata__delete__delete-fields-response.xml'))));
  });

  it('When field permissions are upserted again, Then the reply is the recorded one', () => {
    answer(recorded(`${fields}-payload.xml`));
    answer(recorded(`${permissions}-payload.xml`));

    const reply = answer(recorded(`${permissions}-payload.xml`));

    expect(content(reply)).toEqual(content(body(recorded(`${permissions}-response.xml`))));
  });

  it('When the permission set of the recorded reply is deployed and read, Then it is read as recorded', async () => {
    answer(recorded(`${fields}-payload.xml`));
    const expected = recorded('test__metadata__write__read-field-permissions-response.xml');
    const elements = /<\/fullName>([^]*)<\/records>/.exec(expected)?.[1] ?? '';
    const path = 'permissionsets/IntegrationCustomFieldVisibility.permissionset';
    await metadata.prepare(
      { PermissionSet: ['IntegrationCustomFieldVisibility'] },
      { [path]: document('PermissionSet', elements) },
    );

    const reply = answer(recorded('test__metadata__write__read-field-permissions-payload.xml'));

    expect(content(reply)).toEqual(content(body(expected)));
  });
});
