import type { VerificationResult } from '../../planning/verification.js';
import { humanReport } from './human.js';

export const resultFormats = ['human'] as const;
export type ResultFormat = (typeof resultFormats)[number];

const reports = {
  human: humanReport,
} as const satisfies Record<ResultFormat, (result: VerificationResult) => string>;

/** The result as a text: pure, so that it can be shown, written and tested alike. */
export function report(result: VerificationResult, format: ResultFormat): string {
  return reports[format](result);
}
