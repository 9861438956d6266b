import { extname } from 'node:path';
import type { VerificationResult } from '../../planning/verification.js';
import type { ReportOptions } from './circumstances.js';
import { csvReport } from './csv.js';
import { htmlReport } from './html/page.js';
import { humanReport } from './human.js';
import { junitReport } from './junit.js';
import { sarifReport } from './sarif.js';

export const resultFormats = ['human', 'html', 'csv', 'junit', 'sarif'] as const;
export type ResultFormat = (typeof resultFormats)[number];

const reports = {
  human: humanReport,
  html: htmlReport,
  csv: csvReport,
  junit: junitReport,
  sarif: sarifReport,
} as const satisfies Record<ResultFormat, (result: VerificationResult, options: ReportOptions) => string>;

const formatsByEnding: Readonly<Record<string, ResultFormat>> = {
  '.html': 'html',
  '.htm': 'html',
  '.csv': 'csv',
  '.sarif': 'sarif',
  '.xml': 'junit',
};

/** What somebody who names a file like that expects in it. */
export function formatOfFile(path: string): ResultFormat {
  return formatsByEnding[extname(path).toLowerCase()] ?? 'human';
}

/** The result as a text: pure, so that it can be shown, written and tested alike. */
export function report(result: VerificationResult, format: ResultFormat, options: ReportOptions): string {
  return reports[format](result, options);
}
