import { expect, it } from 'vitest';
import type { NamedComponents } from '../../../practice-org/metadata/components/named-components.ts';
import { parseXml, type XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { describeWithReference } from '../../support/reference-data.ts';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { corpus, elementsNamed, textNamed, textsNamed, type CorpusFile } from './corpus.ts';
import {
  makeLayout,
  makeLicence,
  makePermissionable,
  makeRecordType,
  makeStandardProfile,
} from './corpus-prerequisites.ts';
import { MetadataOrg, problems, type Members } from './metadata-org.ts';

/** Elements that refer to components, and the type of what they refer to. */
const references: Readonly<Record<string, readonly [element: string, type: string]>> = {
  applicationVisibilities: ['application', 'CustomApplication'],
  classAccesses: ['apexClass', 'ApexClass'],
  externalCredentialPrincipalAccesses: ['externalCredentialPrincipal', 'ExternalCredential'],
  flowAccesses: ['flow', 'Flow'],
  layoutAssignments: ['layout', 'Layout'],
  pageAccesses: ['apexPage', 'ApexPage'],
  recordTypeVisibilities: ['recordType', 'RecordType'],
  tabSettings: ['tab', 'CustomTab'],
  tabVisibilities: ['tab', 'CustomTab'],
};

function referred(root: XmlElement): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const [element, [key, type]] of Object.entries(references)) {
    const found = elementsNamed(root, element).map((one) => textNamed(one, key));
    names.set(type, new Set([...(names.get(type) ?? []), ...found]));
  }
  return names;
}

function orgFor(file: CorpusFile): MetadataOrg {
  const named: NamedComponents = referred(file.root);
  const metadata = new MetadataOrg({ profileGeneration: 'both', named });
  for (const path of [...textsNamed(file.root, 'object'), ...textsNamed(file.root, 'field')])
    makePermissionable(metadata, path);
  for (const layout of named.get('Layout') ?? []) makeLayout(metadata, layout);
  for (const recordType of textsNamed(file.root, 'recordType')) makeRecordType(metadata, recordType);
  makeLicence(metadata, textNamed(file.root, 'userLicense'));
  return metadata;
}

/** Everything that the document refers to: a profile tells only about what is named beside it. */
function surroundings(root: XmlElement): Members {
  const objects = [...textsNamed(root, 'object'), ...textsNamed(root, 'field').map((path) => path.split('.')[0] ?? '')];
  const others = Object.fromEntries([...referred(root)].map(([type, names]) => [type, [...names]]));
  return { ...others, CustomObject: [...new Set(objects)] };
}

const lookups = new Set(['field']);

/** What a document grants, statement by statement; what is false or hidden grants nothing. */
function grants(root: XmlElement, isRelevant: (element: XmlElement) => boolean): readonly string[] {
  return root.children
    .filter(isRelevant)
    .flatMap((element) => {
      if (element.children.length === 0) return [`${element.name}=${element.text.trim()}`];
      const parts = element.children
        .map((child) => `${child.name}=${canonical(child)}`)
        .filter((part) => !part.endsWith('=false'));
      const grantsSomething =
        parts.some((part) => part.endsWith('=true')) ||
        element.children.every(({ text }) => !/^(true|false)$/.test(text));
      return grantsSomething ? [`${element.name}(${parts.toSorted().join(' ')})`] : [];
    })
    .toSorted();
}

/** "Contact.Account" and "Contact.AccountId" are the same field. */
function canonical(child: XmlElement): string {
  return lookups.has(child.name) ? child.text.trim().replace(/(?<=\.\w+)Id$/, '') : child.text.trim();
}

describeWithReference('Given the permission sets of real orgs and what they refer to', () => {
  it.each(corpus('permissionsets'))(
    'When $file is deployed, Then it is retrieved with the same meaning and valid',
    async (file) => {
      const metadata = orgFor(file);
      const path = `permissionsets/${file.name}.permissionset`;

      const result = await metadata.deploy({ PermissionSet: [file.name] }, { [path]: file.xml });

      expect(problems(result)).toEqual([]);
      const written = (await metadata.retrieve({ PermissionSet: [file.name] })).get(path) ?? '';
      assertValidMetadata(written);
      expect(grants(parseXml(written), () => true)).toEqual(grants(file.root, () => true));
    },
  );
});

/** "object permissions and user permissions" of standard profiles cannot be edited (SIG, users_profiles_orig_ui_editing). */
const lockedOnStandardProfiles = new Set(['objectPermissions', 'userPermissions', 'custom', 'description']);
const identity = new Set(['custom', 'userLicense']);

async function isInOrg(metadata: MetadataOrg, profile: string): Promise<boolean> {
  return (await metadata.retrieve({ Profile: [profile] })).has(`profiles/${profile}.profile`);
}

describeWithReference('Given the profiles of real orgs and what they refer to', () => {
  it.each(corpus('profiles'))(
    'When $file is deployed, Then it is retrieved with the same meaning and valid',
    async (file) => {
      const metadata = orgFor(file);
      const name = file.name.replaceAll('_', ' ');
      const path = `profiles/${name}.profile`;
      const isStandard = textNamed(file.root, 'custom') === 'false' || (await isInOrg(metadata, name));
      if (isStandard && !(await isInOrg(metadata, name))) {
        makeStandardProfile(metadata, name, textNamed(file.root, 'userLicense'));
      }

      const result = await metadata.deploy({ Profile: [name] }, { [path]: file.xml });

      expect(problems(result)).toEqual([]);
      const written = (await metadata.retrieve({ Profile: [name], ...surroundings(file.root) })).get(path) ?? '';
      assertValidMetadata(written);
      const named = new Set(textsNamed(file.root, 'field').map((field) => field.replace(/(?<=\.\w+)Id$/, '')));
      const isRelevant = (element: XmlElement): boolean => {
        if (identity.has(element.name) || (isStandard && lockedOnStandardProfiles.has(element.name))) return false;
        const field = element.children.find((child) => child.name === 'field');
        return element.name !== 'fieldPermissions' || (field !== undefined && named.has(canonical(field)));
      };
      expect(grants(parseXml(written), isRelevant)).toEqual(grants(file.root, isRelevant));
    },
  );
});
