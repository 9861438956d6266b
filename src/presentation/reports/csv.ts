import { stringify } from 'csv-stringify/sync';
import type { VerificationResult } from '../../planning/verification.js';
import { plainLine } from '../plain-text.js';

const columns = ['kind', 'name', 'status', 'text', 'count', 'of', 'sources', 'examples'] as const;
type Line = Readonly<Partial<Record<(typeof columns)[number], string | number | null>>>;

/** One line for each check, record count, cause, object and field; nothing is left out. Formulas of a spreadsheet stay text. */
export function csvReport(result: VerificationResult): string {
  const lines: readonly Line[] = [
    ...result.checks.map(({ id, title, status, evidence }) => ({
      kind: 'check',
      name: id,
      status,
      text: [title, ...evidence].join(' | '),
    })),
    ...result.findings.map(({ severity, code, subject, message, fix }) => ({
      kind: 'finding',
      name: `${code} ${subject}`,
      status: severity,
      text: fix === undefined ? message : `${message} ${fix}`,
    })),
    ...result.proof.flatMap((proof): readonly Line[] => [
      recordLine('flaggedRecords', proof.sobject, proof.status, proof.visibleFlagged, proof.flagged, proof.scheme),
      recordLine(
        'unflaggedRecords',
        proof.sobject,
        proof.status,
        proof.visibleUnflagged,
        proof.unflagged,
        proof.scheme,
      ),
      ...proof.explanation.map(({ cause, records, count, expected, message, examples }) => ({
        kind: records,
        name: `${proof.sobject} ${cause}`,
        status: expected ? 'pass' : 'fail',
        text: message,
        count,
        examples: examples.join(' '),
      })),
    ]),
    ...result.objects.map(({ sobject, operations, filter, sources }) => ({
      kind: 'object',
      name: sobject,
      status: filter,
      text: operations.join(' '),
      sources: sources.join(' | '),
    })),
    ...result.fields.map(({ field, read, edit, sources }) => ({
      kind: 'field',
      name: field,
      status: read ? (edit ? 'editable' : 'readable') : 'hidden',
      sources: sources.join(' | '),
    })),
  ];
  return stringify(lines.map(plain), { header: true, columns: [...columns], escape_formulas: true }).trimEnd();
}

function recordLine(
  kind: string,
  name: string,
  status: string,
  count: number | null,
  of: number | null,
  text: string,
): Line {
  return { kind, name, status, text, count, of };
}

function plain(line: Line): Line {
  return Object.fromEntries(
    Object.entries(line).map(([key, value]) => [key, typeof value === 'string' ? plainLine(value) : value]),
  );
}
