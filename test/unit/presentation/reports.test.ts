import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { report, resultFormats } from '../../../src/presentation/reports/index.js';
import { resultNaming } from '../../support/verification-results.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "=HYPERLINK('http://evil.example')",
  '+cmd|calc',
  '@SUM(A1)',
  '\t=1+1',
  '\u001B[31mred\u001B[0m\u001B]8;;http://evil.example\u0007link',
  '\u202Egnp.exe',
  ']]> <!-- --> &amp;',
  '[click](http://evil.example) {0}',
  '\uFFFF\u0000 zero',
] as const;
/** What a terminal or a reader would act on. */
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const nasty = fc.oneof(anyText, fc.constantFrom(...hostile));

describe('Given names from an org that mean something to the reader of a report', () => {
  it.each(resultFormats)('When the format is %s, Then no control character is left', (format) => {
    fc.assert(fc.property(nasty, (name) => !control.test(report(resultNaming(name), format))));
  });

  it('When the page is HTML, Then the names add no element and no attribute', () => {
    const shape = (html: string): string => html.replace(/>[^<]*/g, '>').replace(/style="width:[^"]*"/g, '');
    const harmless = shape(report(resultNaming('Name'), 'html'));
    fc.assert(fc.property(nasty, (name) => shape(report(resultNaming(name), 'html')) === harmless));
  });

  it('When the page is HTML, Then it asks for nothing from anywhere', () => {
    const html = report(resultNaming('Name'), 'html');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/(src|href)=|url\(|@import|<script|<link|<iframe/i);
  });

  it('When the format is CSV, Then no cell begins like a formula', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const rows: string[][] = parse(report(resultNaming(name), 'csv'));
        return rows.flat().every((cell) => !/^[=+\-@\t\r]/.test(cell));
      }),
    );
  });

  it('When the format is CSV, Then every check, count, cause, object and field has its line', () => {
    const rows: string[][] = parse(report(resultNaming('Name'), 'csv'));
    expect(rows.map(([kind]) => kind)).toEqual([
      'kind',
      ...['check', 'check', 'check', 'finding', 'finding'],
      ...['flaggedRecords', 'unflaggedRecords', 'visibleUnflagged', 'object', 'field', 'field'],
    ]);
  });

  it('When the format is JUnit, Then it is well-formed and counts what it holds', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const document = XmlDocument.fromString(report(resultNaming(name), 'junit'));
        const cases = document.find('//testcase').length;
        const failures = document.find('//failure').length;
        const errors = document.find('//error').length;
        document.dispose();
        return cases === 3 && failures === 1 && errors === 1;
      }),
    );
  });

  it('When the format is SARIF, Then it is JSON, and brackets and braces are no links or placeholders', () => {
    const { runs } = JSON.parse(report(resultNaming('[click](http://evil.example) {0}'), 'sarif')) as {
      readonly runs: ReadonlyArray<{
        readonly results: ReadonlyArray<{ readonly message: { readonly text: string } }>;
      }>;
    };
    expect(runs[0]?.results[0]?.message.text).toContain(String.raw`\[click\](http://evil.example) {{0}}`);
  });

  it('When the format is SARIF, Then only what failed is an error', () => {
    const { runs } = JSON.parse(report(resultNaming('Name'), 'sarif')) as {
      readonly runs: ReadonlyArray<{
        readonly results: ReadonlyArray<{ readonly ruleId: string; readonly level: string }>;
      }>;
    };
    expect(runs[0]?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['ownership', 'error'],
      ['login', 'none'],
    ]);
  });

  it('When the report is for people, Then no line is wider than 80 columns', () => {
    const segmenter = new Intl.Segmenter();
    const widthOf = (line: string): number => [...segmenter.segment(line)].length;
    fc.assert(
      fc.property(nasty, (name) =>
        report(resultNaming(name), 'human')
          .split('\n')
          .every((line) => widthOf(line) <= 80),
      ),
    );
  });

  it('When the report is for people, Then what failed stands before what passed', () => {
    const text = report(resultNaming('Name'), 'human');
    expect(text.indexOf('FAIL')).toBeLessThan(text.indexOf('ok '));
  });
});
