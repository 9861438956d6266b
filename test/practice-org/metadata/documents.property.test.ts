import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ComponentError } from '../../../practice-org/metadata/component-error.ts';
import type { Document, DocumentValue } from '../../../practice-org/metadata/document.ts';
import { decodeStructure } from '../../../practice-org/metadata/structure/decode.ts';
import { encodeFile } from '../../../practice-org/metadata/structure/encode.ts';
import { grammar } from '../../../practice-org/metadata/structure/grammar.ts';
import type { ElementRule, Structure } from '../../../practice-org/metadata/structure/structure.ts';
import { parseXml } from '../../../practice-org/metadata/xml/parse.ts';

const version = 66;
/** Types that cover scalars, enumerations, nesting and repetition. */
const types = ['CustomField', 'CustomObject', 'Layout', 'PermissionSet', 'Profile', 'Queue', 'SharingRules'];
/** Text that XML can carry: no control characters, and no carriage return, which XML reads as a line feed. */
const xmlText = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .filter((text) => /^[\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(text));

function arbitraryValue(rule: ElementRule, depth: number): fc.Arbitrary<DocumentValue> {
  switch (rule.type.kind) {
    case 'boolean':
      return fc.boolean();
    case 'int':
      return fc.integer();
    case 'double':
      return fc.integer().map((number) => number / 4);
    case 'enumeration':
      return fc.constantFrom(...rule.type.values);
    case 'complex':
      return arbitraryDocument(grammar.structure(rule.type.name), depth + 1);
    default:
      return xmlText;
  }
}

function arbitraryDocument(structure: Structure, depth = 0): fc.Arbitrary<Document> {
  const rules = [...structure.elements.values()].filter(
    ({ type }) => type.kind !== 'unsupported' && (type.kind !== 'complex' || depth < 3),
  );
  const elements = rules.map((rule) => {
    const value = arbitraryValue(rule, depth);
    return [rule.name, rule.repeated ? fc.array(value, { minLength: 1, maxLength: 3 }) : value] as const;
  });
  return fc.record(Object.fromEntries(elements), { requiredKeys: [] });
}

describe('Given any document of a metadata type', () => {
  it.each(
    types.flatMap(
      (type) =>
        [
          [type, 'type'],
          [type, 'document'],
        ] as const,
    ),
  )('When a %s is written in the order of its %s and read, Then it says the same', (type, order) => {
    const structure = grammar.structure(type);
    fc.assert(
      fc.property(arbitraryDocument(structure), (document) => {
        const root = parseXml(encodeFile(document, structure, { grammar, version, order }));
        expect(decodeStructure(root, structure, { grammar, version })).toEqual(document);
      }),
      { numRuns: 50 },
    );
  });
});

describe('Given any text', () => {
  const fragments = fc.constantFrom(
    '<',
    '>',
    '/',
    '&',
    ';',
    '"',
    '<Group',
    '</Group>',
    '<name>',
    '</name>',
    'x',
    ' ',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
  );

  it('When it is parsed as XML, Then it is read or refused, but never breaks the parser', () => {
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 12 }), (parts) => {
        try {
          parseXml(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(ComponentError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
