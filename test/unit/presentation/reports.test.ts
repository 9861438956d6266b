import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import type { RecordProof, VerificationResult } from '../../../src/planning/verification.js';
import {
  formatOfFile,
  report as reportWith,
  resultFormats,
  type ResultFormat,
} from '../../../src/presentation/reports/index.js';
import { widthOf } from '../../../src/presentation/reports/text-width.js';
import { hostileNames, reportOptions, resultNaming } from '../../support/verification-results.ts';

/** What a terminal or a reader would act on. */
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const nasty = fc.oneof(anyText, fc.constantFrom(...hostileNames));

const report = (result: VerificationResult, format: ResultFormat): string =>
  reportWith(result, format, reportOptions(result.username));
const rowsOf = (result: VerificationResult): readonly Readonly<Record<string, string>>[] =>
  parse(report(result, 'csv'), { columns: true });

type Sarif = {
  readonly runs: ReadonlyArray<{
    readonly tool: { readonly driver: { readonly version: string; readonly rules: ReadonlyArray<{ id: string }> } };
    readonly results: ReadonlyArray<{
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: ReadonlyArray<{
        readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string } };
      }>;
    }>;
  }>;
};
const runOf = (text: string): Sarif['runs'][number] => {
  const [run] = (JSON.parse(text) as Sarif).runs;
  if (run === undefined) throw new Error('no run');
  return run;
};

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

  it('When the format is CSV, Then no cell begins like a formula, nor what a semicolon would make one', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const rows: string[][] = parse(report(resultNaming(name), 'csv'));
        return rows.flat().every((cell) => !/(?:^|;)\s*[=+\-@]|^[\t\r]/.test(cell));
      }),
    );
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
    const { results } = runOf(report(resultNaming('[click](http://evil.example) {0}'), 'sarif'));
    expect(results[0]?.message.text).toContain(String.raw`\[click\](http://evil.example) {{0}}`);
  });

  it('When the report is for people, Then no line is wider than the terminal, wide scripts included', () => {
    const fits = (name: string, columns: number): boolean =>
      reportWith(resultNaming(name), 'human', reportOptions(name, columns))
        .split('\n')
        .every((line) => widthOf(line) <= columns);
    const wide = fc.string({ unit: fc.constantFrom('株', '한', '🚀', 'é', 'a', ' ', '_'), maxLength: 60 });
    fc.assert(fc.property(fc.oneof(nasty, wide), fc.integer({ min: 40, max: 120 }), fits));
  });
});

describe('Given the name of a file and no format', () => {
  it.each<[string, ResultFormat]>([
    ['out/hubspot.html', 'html'],
    ['HUBSPOT.HTM', 'html'],
    ['verify.csv', 'csv'],
    ['verify.sarif', 'sarif'],
    ['verify.xml', 'junit'],
    ['verify.txt', 'human'],
    ['html', 'human'],
    ['', 'human'],
  ])('When it is %j, Then the report is written as %s', (path, format) => {
    expect(formatOfFile(path)).toBe(format);
  });
});

describe('Given what verify found', () => {
  it('When the format is CSV, Then every fact, check, finding, count, cause, object and field has its line', () => {
    expect(rowsOf(resultNaming('Name')).map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 9 }, () => 'report'),
      ...['check', 'check', 'check', 'finding', 'finding'],
      ...['flaggedRecords', 'unflaggedRecords', 'visibleUnflagged', 'object', 'field', 'field'],
    ]);
  });

  it('When the format is CSV, Then what to do has its cell, and so has how records were counted', () => {
    const rows = rowsOf(resultNaming('Name'));
    expect(rows.find(({ name }) => name === 'ownership')).toMatchObject({ status: 'fail', fix: 'Name' });
    expect(rows.find(({ kind }) => kind === 'flaggedRecords')).toMatchObject({
      count: '3',
      of: '4',
      method: 'as-user',
      exact: 'true',
    });
  });

  it('When the format is SARIF, Then only what failed is an error, and points at its rule', () => {
    const { results, tool } = runOf(report(resultNaming('Name'), 'sarif'));
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['ownership', 'error'],
      ['login', 'none'],
    ]);
    expect(results.map(({ ruleIndex }) => tool.driver.rules[ruleIndex]?.id)).toEqual(['ownership', 'login']);
    expect(tool.driver.version).toBe('1.2.3');
  });

  it('When the format is SARIF and there is a definition, Then results stand in that file, where code scanning shows them', () => {
    const options = reportOptions();
    const uriFor = (definitionFile: string | null): string | undefined => {
      const circumstances = { ...options.circumstances, definitionFile };
      const { results } = runOf(reportWith(resultNaming('Name'), 'sarif', { ...options, circumstances }));
      return results[0]?.locations[0]?.physicalLocation?.artifactLocation.uri;
    };
    expect(['./crm/hub spot.yaml', '/srv/hubspot.yaml', null].map(uriFor)).toEqual([
      'crm/hub%20spot.yaml',
      'file:///srv/hubspot.yaml',
      undefined,
    ]);
  });

  it('When the format is JUnit, Then it says when, where and how long, which readers add up', () => {
    const document = XmlDocument.fromString(report(resultNaming('Name'), 'junit'));
    const valueOf = (path: string): string => document.get(path)?.content ?? '';
    const found = ['//testsuites/@time', '//testsuite/@time', '//testsuite/@timestamp', '//testsuite/@hostname'];
    const values = [...found, '//property[@name="orgId"]/@value'].map(valueOf);
    document.dispose();
    expect(values).toEqual(['0', '0', '2026-11-28T05:30:15', 'Name', '00Dg10000000001EAA']);
  });

  it.each(['human', 'html', 'csv', 'junit', 'sarif'] as const)(
    'When the format is %s, Then the report says itself which org was looked at, and by whom',
    (format) => {
      const options = reportOptions('auditor@acme.example');
      const text = reportWith(resultNaming('Name'), format, options);
      expect(text).toContain('00Dg10000000001EAA');
      expect(text).toContain('auditor@acme.example');
    },
  );

  it('When the report is for people, Then what failed stands before what passed', () => {
    const text = report(resultNaming('Name'), 'human');
    expect(text.indexOf('FAIL')).toBeLessThan(text.indexOf('ok '));
  });

  it('When a check failed, Then the terminal names what is wrong, and not what was merely seen', () => {
    const message = 'The user owns 7 cases.';
    const text = report(
      resultNaming('Name', {
        findings: [{ severity: 'warning', code: 'OwnsRecords', subject: 'Case', message }],
        checks: [
          {
            id: 'ownership',
            title: 'The user owns no records',
            status: 'fail',
            evidence: [message, 'Lead: 0'],
            fixes: [],
          },
        ],
      }),
      'human',
    );
    expect(text).toContain(`- ${message}`);
    expect(text).not.toContain('Lead: 0');
  });

  it('When a check only informs, Then the terminal tells what it found', () => {
    const login = {
      id: 'login',
      title: 'When and from where the user logs in',
      status: 'pass',
      evidence: ['From 192.0.2.1.'],
      fixes: [],
    } as const;
    expect(report(resultNaming('Name', { checks: [login] }), 'human')).toContain('- From 192.0.2.1.');
  });

  it('When all objects are given by the same set, Then the terminal names it once', () => {
    const object = {
      label: 'x',
      operations: ['read', 'viewAllRecords'],
      sources: ['permission set A'],
      filter: 'none',
    } as const;
    const objects = ['Account', 'Contact'].map((sobject) => ({ ...object, sobject }));
    const text = report(resultNaming('Name', { objects }), 'human');
    expect(text).toContain('Account, Contact: given by permission set A.');
    expect(text).toContain('read, view all');
  });

  it('When something stands in a count already, Then it is no note as well', () => {
    const result = resultNaming('Name');
    const explanation = result.proof.flatMap((proof) => proof.explanation);
    const findings = explanation.map(({ message }) => ({
      severity: 'info' as const,
      code: 'PlatformGives',
      subject: 'Account',
      message,
    }));
    expect(report({ ...result, findings }, 'human')).not.toContain('NOTES');
  });
});

describe('Given records of which only a sample was looked at', () => {
  const sampled = (numbers: Partial<RecordProof>): VerificationResult =>
    resultNaming('Name', {
      proof: resultNaming('Name').proof.map((proof) => ({
        ...proof,
        method: 'sample',
        exact: false,
        flagged: 10_000,
        visibleFlagged: 3_000,
        unflagged: 50_000,
        visibleUnflagged: 0,
        explanation: [],
        ...numbers,
      })),
    });

  it('When the report is for people, Then numbers from the sample are no numbers of all', () => {
    const text = report(sampled({}), 'human');
    expect(text).toContain('at least 3000 of 10000');
    expect(text).toContain('none found of 50000');
  });

  it('When the sample holds every record of a side, Then its number is exact', () => {
    expect(report(sampled({ flagged: 3_000 }), 'human')).toContain('3000 of 3000');
  });

  it('When the page is HTML, Then the rest is shown as not known', () => {
    expect(report(sampled({}), 'html')).toContain('<div class="bar open"');
    expect(report(resultNaming('Name'), 'html')).not.toContain('<div class="bar open"');
  });
});

describe('Given a page for an auditor', () => {
  it('When checks failed, Then they stand before those that passed, and each finding says whether it is a problem', () => {
    const html = report(resultNaming('Name'), 'html');
    expect(html.indexOf('>Failed<')).toBeLessThan(html.indexOf('>Passed<'));
    expect(html).toContain('Problem:');
    expect(html).toContain('Note:');
  });

  it('When something could not be found out, Then that is no problem, and stands between problems and notes', () => {
    const finding = (severity: 'warning' | 'info', message: string) => ({
      severity,
      code: 'Code',
      subject: 'Account',
      message,
    });
    const html = report(
      resultNaming('Name', {
        findings: [finding('info', 'Good to know.'), finding('warning', 'Not told.'), finding('warning', 'Wrong.')],
        checks: [{ id: 'rule', title: 'Rules', status: 'unknown', evidence: ['Not told.'], fixes: [] }],
      }),
      'html',
    );
    const kinds = [...html.matchAll(/class="kind">(\w+):<\/span> <b>Account<\/b> ([^<]+)/g)].map(
      ([, kind, message]) => `${kind ?? ''}: ${message ?? ''}`,
    );
    expect(kinds).toEqual(['Problem: Wrong.', 'Unknown: Not told.', 'Note: Good to know.']);
  });

  it('When a field is visible that should not be, Then it is not among those that should', () => {
    const withProblemOf = (id: 'hidden-fields' | 'flag'): string => {
      const message = 'Something is wrong with Rating.';
      return report(
        resultNaming('Account', {
          findings: [{ severity: 'warning', code: 'Code', subject: 'Account.Rating', message }],
          checks: [{ id, title: 'Title', status: 'fail', evidence: [message], fixes: [] }],
        }),
        'html',
      );
    };
    expect(withProblemOf('hidden-fields')).toContain('Visible, and not intended: Rating');
    expect(withProblemOf('hidden-fields')).toContain('Visible, and not intended (read), given by: Account');
    expect(withProblemOf('flag')).not.toContain('Visible, and not intended: ');
  });

  it('When nothing is known of what the user can read, Then it does not say that nothing flows', () => {
    const unknown = { id: 'object-access', title: 'Objects', status: 'unknown', evidence: [], fixes: [] } as const;
    const empty = { objects: [], fields: [], proof: [] };
    const html = report(resultNaming('Name', { ...empty, checks: [unknown] }), 'html');
    expect(html).toContain('What the user can read is not known');
    expect(html).not.toContain('nothing flows');
    const known = report(resultNaming('Name', { ...empty, checks: [{ ...unknown, status: 'pass' }] }), 'html');
    expect(known).toContain('nothing flows');
  });

  it('When only a username was given, Then the page says that nothing was compared', () => {
    const options = reportOptions();
    const circumstances = { ...options.circumstances, definitionFile: null };
    const html = reportWith(resultNaming('Name'), 'html', { ...options, circumstances });
    expect(html).toContain('not what it should see');
  });
});
