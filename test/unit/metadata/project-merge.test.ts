import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetadataComponent } from '../../../src/metadata/component.js';
import { checkboxField } from '../../../src/metadata/custom-field.js';
import { publicGroup } from '../../../src/metadata/group.js';
import { mergeIntoSource as sut } from '../../../src/metadata/project-merge.js';
import { profileFieldPermissions } from '../../../src/metadata/profile.js';
import { standardObjectSharingModel } from '../../../src/metadata/sharing-model.js';
import { criteriaRule, flagRule } from '../../../src/metadata/sharing-rule.js';
import { parseXml } from '../../../src/metadata/xml.js';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

const rule = (object: string, name = 'Send_to_HubSpot', access: 'Read' | 'Edit' = 'Read'): MetadataComponent =>
  criteriaRule(
    flagRule({
      object,
      name,
      label: 'Send to HubSpot',
      description: 'Two\n    lines.',
      access,
      accountSettings:
        object === 'Account'
          ? { caseAccessLevel: 'None', contactAccessLevel: 'None', opportunityAccessLevel: 'None' }
          : null,
      group: 'HubSpot_Integration',
      flagField: 'Send_to_HubSpot__c',
    }),
  );
const hidden = (field: string): MetadataComponent =>
  profileFieldPermissions('P', [{ field, readable: false, editable: false }]);
const group = publicGroup({ name: 'G', label: 'G', description: 'Ours', doesIncludeBosses: false });

describe('merging into a DX project', () => {
  it('Given no file, When merged, Then a whole document is written', () => {
    const field = checkboxField({ object: 'Lead', name: 'Send__c', label: 'Send', description: 'Ours' });

    expect(sut(null, field)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Send__c</fullName>
    <defaultValue>false</defaultValue>
    <description>Ours</description>
    <externalId>false</externalId>
    <label>Send</label>
    <trackHistory>false</trackHistory>
    <type>Checkbox</type>
</CustomField>
`);
  });

  it('Given a file in its own style, When merged, Then only the new lines differ and follow that style', () => {
    const existing =
      '<?xml version="1.0"?>\r\n<!-- ours -->\r\n<Group xmlns="x">\r\n\t<name>Old</name><!-- keep -->\r\n</Group>';

    expect(sut(existing, group)).toBe(
      '<?xml version="1.0"?>\r\n<!-- ours -->\r\n<Group xmlns="x">\r\n\t<description>Ours</description>\r\n\t<doesIncludeBosses>false</doesIncludeBosses>\r\n\t<name>G</name><!-- keep -->\r\n</Group>',
    );
  });

  it.each([
    '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"></CustomObject>',
  ])('Given an object file without content (%s), When merged, Then it is opened up', (existing) => {
    expect(sut(existing, standardObjectSharingModel('Account', { internal: 'Private', external: null }))).toBe(
      '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">\n    <sharingModel>Private</sharingModel>\n</CustomObject>',
    );
  });

  it('Given an object file with an OWD, When merged, Then only the OWD changes', () => {
    const existing =
      '<CustomObject>\n  <label>Invoice</label>\n  <sharingModel>ReadWrite</sharingModel>\n  <visibility>Public</visibility>\n</CustomObject>\n';

    expect(sut(existing, standardObjectSharingModel('I__c', { internal: 'Private', external: 'Private' }))).toBe(
      '<CustomObject>\n  <externalSharingModel>Private</externalSharingModel>\n  <label>Invoice</label>\n  <sharingModel>Private</sharingModel>\n  <visibility>Public</visibility>\n</CustomObject>\n',
    );
  });

  it('Given a profile, When a field is hidden, Then it stands among its neighbours in order', () => {
    const existing = '<Profile>\n    <custom>true</custom>\n    <userLicense>X</userLicense>\n</Profile>\n';

    const merged = ['Account.B', 'Account.A', 'Account.C'].reduce((text, field) => sut(text, hidden(field)), existing);

    expect(
      parseXml(merged).children.map(({ name, value }) =>
        typeof value === 'object' && 'field' in value ? value.field : name,
      ),
    ).toEqual(['custom', 'Account.A', 'Account.B', 'Account.C', 'userLicense']);
  });

  it('Given a layout, When the flag is added, Then it follows the last field of the first column', () => {
    const item = (field: string): string =>
      `<layoutItems><behavior>Edit</behavior><field>${field}</field></layoutItems>`;
    const section = (fields: readonly string[]): string =>
      `    <layoutSections>\n        <layoutColumns>\n${fields.map((field) => `            ${item(field)}\n`).join('')}        </layoutColumns>\n    </layoutSections>\n`;
    const existing = `<Layout>\n${section(['Name', 'Site'])}${section(['Fax'])}</Layout>\n`;
    const body = parseXml(existing.replace(item('Site'), `${item('Site')}${item('Send__c')}`)).body;

    const merged = sut(existing, { type: 'Layout', fullName: 'Account-L', body });

    expect(merged).toBe(
      existing.replace(
        item('Site'),
        `${item('Site')}\n            <layoutItems>\n                <behavior>Edit</behavior>\n                <field>Send__c</field>\n            </layoutItems>`,
      ),
    );
  });

  it('Given a file of another kind, When merged, Then it is refused', () => {
    expect(() => sut('<Profile/>', group)).toThrow(SyntaxError);
  });

  it('Given 1,000 fields in a file of 1,000, When merged, Then it takes less than a second', () => {
    const fields = (prefix: string): MetadataComponent =>
      profileFieldPermissions(
        'P',
        Array.from({ length: 1000 }, (_, i) => ({
          field: `Account.${prefix}${String(i)}__c`,
          readable: false,
          editable: false,
        })),
      );
    const existing = sut(null, fields('A'));

    const start = performance.now();
    sut(existing, fields('B'));

    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('Given any rules in any order, When merged twice, Then the second time changes nothing', () => {
    const names = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'a_b', 'Z'), { minLength: 1 });
    fc.assert(
      fc.property(names, names, (present, added) => {
        const merge = (text: string | null, name: string): string => sut(text, rule('Lead', name));
        const once = added.reduce<string | null>(merge, present.reduce<string | null>(merge, null));
        expect(added.reduce<string | null>(merge, once)).toBe(once);
      }),
    );
  });
});

describeWithReference('merging into the sharing rules of real projects', () => {
  const folder = referencePath('corpus', 'sharingRules') ?? '';
  const files = readdirSync(folder).map((name) => {
    const object = basename(name)
      .replace(/^.*__(?=[A-Za-z])/, '')
      .replace('.sharingRules-meta.xml', '');
    return [name, object === 'c' ? 'Custom__c' : object, readFileSync(join(folder, name), 'utf8')] as const;
  });

  it.each(files)(
    'Given %s, When our rule is added, Then every other rule stays character for character',
    (_, object, existing) => {
      const merged = sut(existing, rule(object));

      const before = parseXml(existing).children.map(({ start, end }) => existing.slice(start, end));
      const after = parseXml(merged).children.map(({ start, end }) => merged.slice(start, end));
      expect(after.filter((text) => !text.includes('<fullName>Send_to_HubSpot</fullName>'))).toEqual(before);
      expect(after).toHaveLength(before.length + 1);
    },
  );

  const withRules = files.filter(([, , text]) => parseXml(text).children.length > 0);
  it.each(withRules)(
    'Given %s, When our rule is taken out again, Then the file is what it was',
    (_, object, existing) => {
      const merged = sut(existing, rule(object));
      const added = parseXml(merged).children.find(({ start, end }) =>
        merged.slice(start, end).includes('Send_to_HubSpot__c'),
      );
      const without = merged.slice(0, added?.start).trimEnd() + merged.slice(added?.end);

      expect(without.replaceAll(/\s+/g, '')).toBe(existing.replaceAll(/\s+/g, ''));
    },
  );

  it.each(files)(
    'Given %s, When our rule is added twice, Then the second time changes nothing',
    (_, object, existing) => {
      const merged = sut(existing, rule(object));

      expect(sut(merged, rule(object))).toBe(merged);
    },
  );

  const valid = files.filter(([, , text]) => isValid(text));
  it.each(valid)('Given %s, When our rule is added, Then the file is valid', (_, object, existing) => {
    expect(() => assertValidMetadata(sut(existing, rule(object)))).not.toThrow();
  });
});

describeWithReference('merging into files of real projects', () => {
  const read = (kind: string): ReadonlyArray<readonly [string, string]> => {
    const folder = referencePath('corpus', kind) ?? '';
    return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  };

  it.each(read('profiles'))(
    'Given profile %s, When a field is hidden twice, Then it stands there once',
    (_, existing) => {
      const merged = sut(existing, hidden('Account.Rating'));

      expect(sut(merged, hidden('Account.Rating'))).toBe(merged);
    },
  );

  const owd = standardObjectSharingModel('X', { internal: 'Private', external: 'Private' });
  it.each(read('objects'))(
    'Given object %s, When its OWD is set, Then all else stays and the file is valid',
    (_, existing) => {
      const merged = sut(existing, owd);

      expect(sut(merged, owd)).toBe(merged);
      expect(parseXml(merged).body).toEqual({
        ...parseXml(existing).body,
        externalSharingModel: 'Private',
        sharingModel: 'Private',
      });
      expect(() => assertValidMetadata(merged)).not.toThrow();
    },
  );
});

function isValid(xml: string): boolean {
  try {
    assertValidMetadata(xml);
    return true;
  } catch {
    return false;
  }
}
