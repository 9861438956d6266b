import type { Check, CheckStatus, RecordProof, VerificationResult } from '../../planning/verification.js';
import { plainLine } from '../plain-text.js';
import { reportTexts as texts } from './texts.js';
import { table, wrapped } from './text-table.js';

/** Lines for a terminal or a log: nothing is wider than this. */
const width = 80;
const marks: Readonly<Record<CheckStatus, string>> = { pass: 'ok', fail: 'FAIL', unknown: '????' };

/** What came out, for reading on a terminal: what failed with its causes first, then the numbers. */
export function humanReport(result: VerificationResult): string {
  const { integration, username, checks, proof } = result;
  const title = plainLine(integration === null ? username : `${integration}: ${username}`);
  const blocks = [
    [...wrapped(title, width), ...wrapped(summaryLine(result), width)],
    checkLines(checks),
    proofLines(proof),
    objectLines(result),
    noteLines(result),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

export function summaryLine({ checks, apiRequests }: VerificationResult): string {
  const count = (status: CheckStatus): number => checks.filter((check) => check.status === status).length;
  return texts.getMessage('summary', [count('pass'), count('fail'), count('unknown'), apiRequests]);
}

function checkLines(checks: readonly Check[]): readonly string[] {
  const ordered = [
    ...checks.filter(({ status }) => status !== 'pass'),
    ...checks.filter(({ status }) => status === 'pass'),
  ];
  return [heading('checks'), ...ordered.flatMap(checkBlock)];
}

function checkBlock({ title, status, evidence, fixes }: Check): readonly string[] {
  const mark = marks[status].padEnd(6);
  const [first = '', ...rest] = wrapped(plainLine(title), width - 6);
  const lines = [`${mark}${first}`, ...rest.map((line) => `${' '.repeat(6)}${line}`)];
  if (status === 'pass') return lines;
  return [
    ...lines,
    ...evidence.flatMap((text) => indented(text, '- ')),
    ...fixes.flatMap((text) => indented(text, '> ')),
  ];
}

function indented(text: string, bullet: string): readonly string[] {
  return wrapped(plainLine(text), width - 8).map(
    (line, index) => `${' '.repeat(6)}${index === 0 ? bullet : '  '}${line}`,
  );
}

function proofLines(proof: readonly RecordProof[]): readonly string[] {
  if (proof.length === 0) return [];
  const rows = proof.map((item) => [
    item.sobject,
    item.flagField === null ? '–' : ofText(item.visibleFlagged, item.flagged),
    ofText(item.visibleUnflagged, item.unflagged),
    texts.getMessage(`method.${item.method}`),
  ]);
  const columns = ['column.object', 'column.flagged', 'column.unflagged', 'column.method'].map((key) =>
    texts.getMessage(key),
  );
  const notes = proof
    .filter(({ method, explanation }) => method === 'sample' || explanation.length > 0)
    .flatMap(({ scheme, method, explanation }) => [
      ...(method === 'sample' ? indented(scheme, '- ') : []),
      ...explanation.flatMap(({ message, examples }) =>
        indented(examples.length === 0 ? message : texts.getMessage('examples', [message, examples.join(', ')]), '- '),
      ),
    ]);
  return [heading('records'), ...table(columns, rows, width), ...notes];
}

function ofText(seen: number | null, all: number | null): string {
  return texts.getMessage('seenOf', [seen ?? '?', all ?? '?']);
}

function objectLines({ objects, fields }: VerificationResult): readonly string[] {
  if (objects.length === 0) return [];
  const rows = objects.map(({ sobject, operations, filter, sources }) => {
    const ofObject = fields.filter((field) => field.sobject === sobject);
    const visible = ofObject.filter(({ read }) => read).length;
    return [
      sobject,
      operations.join(', '),
      texts.getMessage('seenOf', [visible, ofObject.length]),
      texts.getMessage(`filter.${filter}`),
      [...new Set(sources)].join(', '),
    ];
  });
  const columns = ['column.object', 'column.access', 'column.fields', 'column.filter', 'column.sources'].map((key) =>
    texts.getMessage(key),
  );
  return [heading('access'), ...table(columns, rows, width)];
}

function noteLines({ findings }: VerificationResult): readonly string[] {
  const notes = findings.filter(({ severity }) => severity === 'info');
  if (notes.length === 0) return [];
  return [
    heading('notes'),
    ...notes.flatMap(({ message, fix }) => indented(fix === undefined ? message : `${message} ${fix}`, '- ')),
  ];
}

function heading(key: string): string {
  return texts.getMessage(`heading.${key}`).toUpperCase();
}
