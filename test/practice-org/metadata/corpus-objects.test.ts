import { expect, it } from 'vitest';
import { parseXml, type XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { describeWithReference } from '../../support/reference-data.ts';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { corpus, meaning, textNamed } from './corpus.ts';
import { document, MetadataOrg, problems, type Files } from './metadata-org.ts';

describeWithReference('Given the public groups of real orgs', () => {
  it.each(corpus('groups'))('When $file is deployed, Then it is retrieved the same and valid', async (file) => {
    const metadata = new MetadataOrg();
    const path = `groups/${file.name}.group`;

    const result = await metadata.deploy({ Group: [file.name] }, { [path]: file.xml });

    expect(problems(result)).toEqual([]);
    const written = (await metadata.retrieve({ Group: [file.name] })).get(path) ?? '';
    assertValidMetadata(written);
    expect(meaning(parseXml(written))).toEqual(meaning(file.root));
  });
});

function says(root: XmlElement): readonly string[] {
  return meaning({ ...root, children: root.children.filter(({ name }) => name !== 'externalSharingModel') });
}

/** Objects whose defaults an Account's default binds. */
const family = ['Account', 'Contact', 'Opportunity', 'Case'];

/** A family in which the object's own default is a legal one. */
function familyFiles(object: string, model: string): Files {
  const others = family.filter((name) => name !== object);
  const content = (name: string) =>
    document(
      'CustomObject',
      name === 'Contact' && model !== 'Private'
        ? '<externalSharingModel>ControlledByParent</externalSharingModel><sharingModel>ControlledByParent</sharingModel>'
        : `<externalSharingModel>Private</externalSharingModel><sharingModel>${model === 'Private' ? 'Private' : 'ReadWrite'}</sharingModel>`,
    );
  return Object.fromEntries(others.map((name) => [`objects/${name}.object`, content(name)]));
}

describeWithReference('Given the standard objects of real orgs', () => {
  it.each(corpus('objects'))(
    'When $file is deployed, Then its default and attributes are retrieved and valid',
    async (file) => {
      const metadata = new MetadataOrg();
      const model = textNamed(file.root, 'sharingModel');
      const files = family.includes(file.name) ? familyFiles(file.name, model) : {};
      const path = `objects/${file.name}.object`;

      const result = await metadata.deploy(
        { CustomObject: [...new Set([file.name, ...(family.includes(file.name) ? family : [])])] },
        { ...files, [path]: file.xml },
      );

      expect(problems(result)).toEqual([]);
      const written = (await metadata.retrieve({ CustomObject: [file.name] })).get(path) ?? '';
      assertValidMetadata(written);
      expect(says(parseXml(written))).toEqual(expect.arrayContaining([...says(file.root)]));
    },
  );
});

describeWithReference('Given the custom fields of real orgs', () => {
  it.each(corpus('fields'))(
    'When $file is deployed on Account, Then everything it says is retrieved and valid',
    async (file) => {
      const metadata = new MetadataOrg();
      const name = textNamed(file.root, 'fullName');
      const content = file.xml.slice(file.xml.indexOf('<fullName>')).replace('</CustomField>', '');
      const path = 'objects/Account.object';

      const result = await metadata.deploy(
        { CustomField: [`Account.${name}`] },
        { [path]: document('CustomObject', `<fields>${content}</fields>`) },
      );

      expect(problems(result)).toEqual([]);
      const written = (await metadata.retrieve({ CustomField: [`Account.${name}`] })).get(path) ?? '';
      assertValidMetadata(written);
      const [field] = parseXml(written).children;
      expect(field === undefined ? [] : meaning(field)).toEqual(expect.arrayContaining([...meaning(file.root)]));
    },
  );
});
