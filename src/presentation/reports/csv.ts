import { stringify } from 'csv-stringify/sync';
import type { Check, RecordProof, VerificationResult } from '../../planning/verification.js';
import { plainLine } from '../plain-text.js';
import type { Circumstances, ReportOptions } from './circumstances.js';

const columns = [
  'kind',
  'name',
  'status',
  'text',
  'fix',
  'count',
  'of',
  'method',
  'exact',
  'sources',
  'examples',
] as const;
type Line = Readonly<Partial<Record<(typeof columns)[number], string | number | null>>>;

/**
 * One line for each fact of the report, check, finding, record count, cause, object and field; nothing is left out. Formulas
 * of a spreadsheet stay text.
 */
export function csvReport(result: VerificationResult, { circumstances }: ReportOptions): string {
  const lines: readonly Line[] = [
    ...reportLines(result, circumstances),
    ...result.checks.map(checkLine),
    ...result.findings.map(({ severity, code, subject, message, fix }) => ({
      kind: 'finding',
      name: `${code} ${subject}`,
      status: severity,
      text: message,
      fix: fix ?? null,
    })),
    ...result.proof.flatMap(proofLines),
    ...result.objects.map(({ sobject, label, operations, filter, sources }) => ({
      kind: 'object',
      name: sobject,
      status: filter,
      text: `${label}: ${operations.join(' ')}`,
      sources: joined(sources),
    })),
    ...result.fields.map(({ field, read, edit, sources }) => ({
      kind: 'field',
      name: field,
      status: read ? (edit ? 'editable' : 'readable') : 'hidden',
      sources: joined(sources),
    })),
  ];
  return stringify(lines.map(plain), { header: true, columns: [...columns], escape_formulas: true }).trimEnd();
}

function reportLines(result: VerificationResult, circumstances: Circumstances): readonly Line[] {
  const { integration, username, userId } = result;
  const { takenAt, orgId, instanceUrl, runner, definitionFile, version } = circumstances;
  const facts = { integration, username, userId, takenAt, orgId, instanceUrl, runner, definitionFile, version };
  return Object.entries(facts).map(([name, text]) => ({ kind: 'report', name, text }));
}

function checkLine({ id, title, status, evidence, fixes }: Check): Line {
  return { kind: 'check', name: id, status, text: joined([title, ...evidence]), fix: joined(fixes) };
}

function proofLines(proof: RecordProof): readonly Line[] {
  const { sobject, flagged, unflagged, visibleFlagged, visibleUnflagged, explanation } = proof;
  return [
    countLine('flaggedRecords', proof, visibleFlagged, flagged),
    countLine('unflaggedRecords', proof, visibleUnflagged, unflagged),
    ...explanation.map(({ cause, records, count, expected, message, examples }) => ({
      kind: records,
      name: `${sobject} ${cause}`,
      status: expected ? 'pass' : 'fail',
      text: message,
      count,
      examples: examples.join(' '),
    })),
  ];
}

function countLine(kind: string, proof: RecordProof, count: number | null, of: number | null): Line {
  const { sobject, status, scheme, method, exact } = proof;
  return { kind, name: sobject, status, text: scheme, count, of, method, exact: String(exact) };
}

function joined(texts: readonly string[]): string {
  return texts.join(' | ');
}

function plain(line: Line): Line {
  return Object.fromEntries(
    Object.entries(line).map(([key, value]) => [key, typeof value === 'string' ? guarded(value) : value]),
  );
}

/** Where a semicolon separates cells, as in much of Europe, what follows one in a cell begins another. */
function guarded(text: string): string {
  return plainLine(text)
    .trim()
    .replaceAll(/(;\s*)(?=[=+\-@])/g, "$1'");
}
