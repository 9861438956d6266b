import type { Check, CheckId, CheckStatus, RecordProof, VerificationResult } from '../../planning/verification.js';
import { plainLine } from '../plain-text.js';
import { readableTime, type Circumstances, type ReportOptions } from './circumstances.js';
import { reportTexts as texts } from './texts.js';
import { table } from './text-table.js';
import { wrapped } from './text-width.js';
import { operationWords, seenText } from './words.js';

const marks: Readonly<Record<CheckStatus, string>> = { pass: 'ok', fail: 'FAIL', unknown: '????' };
const markWidth = 6;
/** They ask nothing: what was seen is all they have to say. */
const informative: readonly CheckId[] = ['login', 'shared-profile'];

/** What came out, for reading on a terminal: what failed with its causes first, then the numbers. */
export function humanReport(result: VerificationResult, { circumstances, columns }: ReportOptions): string {
  const blocks = [
    titleLines(result, circumstances, columns),
    checkLines(result, columns),
    proofLines(result.proof, columns),
    objectLines(result, columns),
    noteLines(result, columns),
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

function titleLines(result: VerificationResult, circumstances: Circumstances, columns: number): readonly string[] {
  const { integration, username } = result;
  const { orgId, instanceUrl, runner } = circumstances;
  const where = texts.getMessage('circumstances', [orgId, instanceUrl, readableTime(circumstances), runner]);
  const title = integration === null ? username : `${integration}: ${username}`;
  return [title, where, summaryLine(result)].flatMap((text) => wrapped(plainLine(text), columns));
}

function checkLines(result: VerificationResult, columns: number): readonly string[] {
  const { checks } = result;
  const ordered = [
    ...checks.filter(({ status }) => status !== 'pass'),
    ...checks.filter(({ status }) => status === 'pass'),
  ];
  const problems = new Set(result.findings.filter(({ severity }) => severity !== 'info').map(({ message }) => message));
  return [heading('checks'), ...ordered.flatMap((check) => checkBlock(check, problems, columns))];
}

function checkBlock(check: Check, problems: ReadonlySet<string>, columns: number): readonly string[] {
  const { title, status, fixes } = check;
  const mark = marks[status].padEnd(markWidth);
  const [first = '', ...rest] = wrapped(plainLine(title), columns - markWidth);
  return [
    `${mark}${first}`,
    ...rest.map((line) => `${' '.repeat(markWidth)}${line}`),
    ...evidenceToShow(check, problems).flatMap((text) => indented(text, '- ', columns)),
    ...fixes.flatMap((text) => indented(text, '> ', columns)),
  ];
}

/** What is wrong must not be lost among what was merely seen; the formats for auditors and programs have all of it. */
function evidenceToShow({ id, status, evidence }: Check, problems: ReadonlySet<string>): readonly string[] {
  if (status === 'pass') return informative.includes(id) ? evidence : [];
  const wrong = evidence.filter((text) => problems.has(text));
  return wrong.length === 0 ? evidence : wrong;
}

function indented(text: string, bullet: string, columns: number): readonly string[] {
  const margin = ' '.repeat(markWidth);
  return wrapped(plainLine(text), columns - markWidth - bullet.length).map(
    (line, index) => `${margin}${index === 0 ? bullet : ' '.repeat(bullet.length)}${line}`,
  );
}

function proofLines(proof: readonly RecordProof[], columns: number): readonly string[] {
  if (proof.length === 0) return [];
  const isFiltered = proof.some(({ flagField }) => flagField !== null);
  const rows = proof.map((item) => [
    item.sobject,
    ...(isFiltered ? [flaggedText(item)] : []),
    seenText(item, item.visibleUnflagged, item.unflagged),
    texts.getMessage(`method.${item.method}`),
  ]);
  const head = columnTexts(isFiltered ? ['object', 'flagged', 'unflagged', 'method'] : ['object', 'seen', 'method']);
  const notes = proof.flatMap((item) => proofNotes(item)).flatMap((text) => indented(text, '- ', columns));
  return [heading('records'), ...table(head, rows, columns), ...notes];
}

function flaggedText(item: RecordProof): string {
  return item.flagField === null ? '–' : seenText(item, item.visibleFlagged, item.flagged);
}

/** A count says itself how it was made; what a sample proves has to be said. */
function proofNotes({ scheme, method, status, explanation }: RecordProof): readonly string[] {
  return [
    ...(method === 'sample' || status === 'unknown' ? [scheme] : []),
    ...explanation.map(({ message, examples }) =>
      examples.length === 0 ? message : texts.getMessage('examples', [message, examples.join(', ')]),
    ),
  ];
}

function objectLines({ objects, fields }: VerificationResult, columns: number): readonly string[] {
  if (objects.length === 0) return [];
  const rows = objects.map(({ sobject, operations, filter }) => {
    const ofObject = fields.filter((field) => field.sobject === sobject);
    const visible = ofObject.filter(({ read }) => read).length;
    return [
      sobject,
      operationWords(operations),
      texts.getMessage('seenOf', [visible, ofObject.length]),
      texts.getMessage(`filter.${filter}`),
    ];
  });
  return [
    heading('access'),
    ...table(columnTexts(['object', 'access', 'fields', 'filter']), rows, columns),
    ...sourceTexts(objects).flatMap((text) => indented(text, '- ', columns)),
    ...indented(texts.getMessage('fieldsCounted'), '- ', columns),
  ];
}

/** Most objects are given by the same permission set: it is named once. */
function sourceTexts(objects: VerificationResult['objects']): readonly string[] {
  const bySources = Map.groupBy(objects, ({ sources }) => [...new Set(sources)].join(', '));
  return [...bySources].map(([sources, given]) =>
    texts.getMessage('givenBy', [given.map(({ sobject }) => sobject).join(', '), sources]),
  );
}

/** Whatever no check and no count has said already. */
function noteLines({ findings, checks, proof }: VerificationResult, columns: number): readonly string[] {
  const said = new Set([
    ...checks.flatMap(({ evidence }) => evidence),
    ...proof.flatMap(({ explanation }) => explanation.map(({ message }) => message)),
  ]);
  const notes = findings.filter(({ message }) => !said.has(message));
  if (notes.length === 0) return [];
  return [
    heading('notes'),
    ...notes.flatMap(({ message, fix }) => indented(fix === undefined ? message : `${message} ${fix}`, '- ', columns)),
  ];
}

function columnTexts(keys: readonly string[]): readonly string[] {
  return keys.map((key) => texts.getMessage(`column.${key}`));
}

function heading(key: string): string {
  return texts.getMessage(`heading.${key}`).toUpperCase();
}
