import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml, renderXml } from '../../../src/metadata/xml.js';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

describe('metadata XML', () => {
  it('Given a body, When it is rendered, Then it looks as Salesforce writes it', () => {
    const xml = renderXml('Group', { doesIncludeBosses: false, name: `A & B "<'>` });

    expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<Group xmlns="http://soap.sforce.com/2006/04/metadata">
    <doesIncludeBosses>false</doesIncludeBosses>
    <name>A &amp; B &quot;&lt;&apos;&gt;</name>
</Group>
`);
  });

  it('Given repeated and nested elements, When they are parsed, Then their order and nesting are kept', () => {
    const { root, body } = parseXml('<A xmlns="x"><b><c>1</c></b><b><c>2</c></b><d/></A>');

    expect({ root, body }).toEqual({ root: 'A', body: { b: [{ c: '1' }, { c: '2' }], d: '' } });
  });

  it('Given comments, CDATA and numeric entities, When they are parsed, Then the text is what it means', () => {
    const { body } = parseXml('<A><!-- <b>no</b> --><b><![CDATA[x<y]]></b><c>&#65;&#x42;&amp;lt;</c></A>');

    expect(body).toEqual({ b: 'x<y', c: 'AB&lt;' });
  });

  it('Given a child, When its document is parsed, Then its position frames exactly its text', () => {
    const text = '<?xml version="1.0"?>\r\n<A>\r\n  <b>1</b>\r\n  <c x="&gt;"/>\r\n</A>';

    const slices = parseXml(text).children.map(({ start, end }) => text.slice(start, end));

    expect(slices).toEqual(['<b>1</b>', '<c x="&gt;"/>']);
  });

  it.each(['', 'plain text', '<A><b></A>', '<A>'])('Given %j, When it is parsed, Then it is refused', (text) => {
    expect(() => parseXml(text)).toThrow(SyntaxError);
  });

  it('Given any text, When it is rendered and parsed, Then it comes back but for what XML cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const expected = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
        expect(parseXml(renderXml('A', { b: text, c: 'x' })).body).toEqual({ b: expected, c: 'x' });
      }),
    );
  });
});

describeWithReference('metadata XML of real orgs', () => {
  const files = ['sharingRules', 'objects', 'groups', 'permissionsets', 'profiles', 'fields', 'settings'].flatMap(
    (folder) => {
      const path = referencePath('corpus', folder) ?? '';
      return readdirSync(path).map((name) => join(path, name));
    },
  );

  it.each(files)('Given %s, When it is parsed and rendered, Then its meaning is the same', (path) => {
    const { root, body } = parseXml(readFileSync(path, 'utf8'));

    expect(parseXml(renderXml(root, body)).body).toEqual(body);
  });
});
