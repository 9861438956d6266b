import type { Finding } from '../planning/finding.js';
import type { IntegrationUserResult } from '../planning/result.js';
import { abbreviated } from './abbreviation.js';
import { plainLine, plainText } from './plain-text.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

/** Warnings on stderr, and among the warnings of --json; information on stdout. Errors are thrown, not shown here. */
export function showFindings(terminal: Terminal, findings: readonly Finding[]): void {
  for (const finding of findings) {
    const message = abbreviated(plainText(finding.message));
    const fix = finding.fix === undefined ? '' : ` ${plainText(finding.fix)}`;
    if (finding.severity === 'info') terminal.log(texts.getMessage('note', [`${message}${fix}`]));
    else terminal.warn(`${message}${fix}`);
  }
}

type ShownImpact = IntegrationUserResult['impact'][number];

export function showImpacts(terminal: Terminal, impacts: readonly ShownImpact[]): void {
  if (impacts.length === 0) return;
  terminal.log(texts.getMessage('impact.title'));
  for (const { message } of impacts) terminal.log(`- ${plainLine(message)}`);
  terminal.log('');
}
