import { expect, it } from 'vitest';
import { parseXml, type XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { describeWithReference } from '../../support/reference-data.ts';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { childNamed, corpus, elementsNamed, meaning } from './corpus.ts';
import { makeField, makeObject, makePicklistValues, makePrincipals, makeRecordTypes } from './corpus-prerequisites.ts';
import { document, MetadataOrg, problems } from './metadata-org.ts';

/** Some files are named in lower case or numbered. */
const files = [...corpus('sharingRules'), ...corpus('sharingRules-mdapi')].map((one) => ({
  ...one,
  object: /(^|_)account$/.test(one.name) ? 'Account' : one.name,
}));
type RuleFile = (typeof files)[number];

const notImplemented = (what: string) => `${what} is not implemented by the practice org`;
/** Files that the practice org refuses, each with the reason it gives. */
const refused: ReadonlyMap<string, string> = new Map([
  ['AlainHofstetter__Campaign.sharingRules-meta.xml', notImplemented('Access level All (Campaign)')],
  ['GalloGio__Case.sharingRules', notImplemented('Element portalRole of type SharedTo')],
  ['WesleiOliveira__Asset.sharingRules-meta.xml', notImplemented('Element portalRole of type SharedTo')],
  [
    'WesleiOliveira__WorkOrder.sharingRules-meta.xml',
    "Entity of type 'CustomObject' named 'WorkOrder' cannot be found",
  ],
  ['forcedotcom__account.sharingRules-meta.xml', notImplemented('Element sharingTerritoryRules of type SharingRules')],
]);

const latest = 66;
/** The last version without `includeRecordsOwnedByAll`, which old files lack. */
const old = 47;

function versionOf(root: XmlElement): number {
  const lacks = elementsNamed(root, 'sharingCriteriaRules').some(
    (rule) => childNamed(rule, 'includeRecordsOwnedByAll') === undefined,
  );
  return lacks ? old : latest;
}

async function openToRules(metadata: MetadataOrg, object: string): Promise<void> {
  const privately = '<externalSharingModel>Private</externalSharingModel><sharingModel>Private</sharingModel>';
  const objects = [...new Set(['Account', 'Contact', 'Opportunity', 'Case', object])].filter(
    (name) => !name.endsWith('__c') && metadata.org.schema.object(name) !== undefined,
  );
  const contents = Object.fromEntries(
    objects.map((name) => [`objects/${name}.object`, document('CustomObject', privately)]),
  );
  await metadata.prepare({ CustomObject: objects }, contents);
}

async function makePrerequisites(metadata: MetadataOrg, file: RuleFile, root: XmlElement): Promise<void> {
  await makeObject(metadata, file.object);
  if (metadata.org.schema.object(file.object) === undefined) return;
  await openToRules(metadata, file.object);
  await makePrincipals(metadata, root);
  const items = elementsNamed(root, 'criteriaItems').map((item) => ({
    field: childNamed(item, 'field')?.text ?? '',
    value: childNamed(item, 'value')?.text ?? '',
    operation: childNamed(item, 'operation')?.text ?? '',
  }));
  for (const { field, value, operation } of items) {
    const isCheckbox = items.filter((one) => one.field === field).every((one) => /^(True|False)$/.test(one.value));
    const isNumber = /less|greater/.test(operation);
    await makeField(metadata, `${file.object}.${field}`, isCheckbox ? 'Checkbox' : isNumber ? 'Number' : 'Text');
    makePicklistValues(
      metadata,
      file.object,
      field,
      value.split(',').map((one) => one.trim()),
    );
  }
  const labels = items.filter(({ field }) => field === 'RecordTypeId').flatMap(({ value }) => value.split(','));
  await makeRecordTypes(metadata, file.object, [...new Set(labels.map((label) => label.trim()))]);
}

describeWithReference('Given the sharing rules of real orgs and what they refer to', () => {
  it.each(files)('When $file is deployed, Then it is retrieved with the same meaning and valid', async (file) => {
    const { root } = file;
    const version = versionOf(root);
    const metadata = new MetadataOrg({
      quirks: { 'person-accounts': file.xml.includes('IsPersonAccount') ? 'on' : 'off' },
    });
    const reason = refused.get(file.file);
    await makePrerequisites(metadata, file, root);

    const result = await metadata.deploy(
      { SharingRules: [file.object] },
      { [`sharingRules/${file.object}.sharingRules`]: file.xml },
      { version },
    );

    if (reason !== undefined) {
      expect(problems(result)).toContain(reason);
      return;
    }
    expect(problems(result)).toEqual([]);
    const retrieved = await metadata.retrieve({ SharingRules: [file.object] }, version);
    const written = retrieved.get(`sharingRules/${file.object}.sharingRules`);
    if (version === latest && written !== undefined) assertValidMetadata(written);
    expect(written === undefined ? [] : meaning(parseXml(written))).toEqual(meaning(root));
  });

  it('Then at least nine tenths of the files are taken', () => {
    expect(refused.size).toBeLessThanOrEqual(files.length / 10);
  });
});
