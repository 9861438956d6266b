import type { Finding } from '../planning/finding.js';
import type { IntegrationUserResult } from '../planning/result.js';
import { abbreviated } from './abbreviation.js';
import { plainLine, plainText } from './plain-text.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';
import { wrapped } from './wrapping.js';

const hanging = 2;
/** sf-plugins-core puts it before a warning. */
const warningPrefix = 'Warning: ';

/**
 * Warnings on stderr, and among the warnings of --json; information on stdout. Errors are thrown, not shown here. What was
 * told before a question is not told again after it.
 */
export function showFindings(terminal: Terminal, findings: readonly Finding[], told = new Set<string>()): void {
  for (const { severity, message, fix } of findings) {
    const text = [abbreviated(plainText(message)), ...(fix === undefined ? [] : [plainText(fix)])].join(' ');
    if (told.has(text)) continue;
    told.add(text);
    if (severity === 'info') terminal.log(wrapped(terminal, texts.getMessage('note', [text]), { hanging }));
    else terminal.warn(wrapped(terminal, text, { hanging, offset: warningPrefix.length }));
  }
}

type ShownImpact = IntegrationUserResult['impact'][number];

export function showImpacts(terminal: Terminal, impacts: readonly ShownImpact[], told = new Set<string>()): void {
  const untold = impacts.map(({ message }) => plainLine(message)).filter((message) => !told.has(message));
  if (untold.length === 0) return;
  terminal.log(`\n${texts.getMessage('impact.title')}`);
  for (const message of untold) {
    told.add(message);
    terminal.log(wrapped(terminal, `- ${message}`, { hanging }));
  }
  terminal.log('');
}
