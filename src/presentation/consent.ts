import type { Finding } from '../planning/finding.js';
import type { Impact } from '../planning/impact.js';
import { showFindings, showImpacts } from './findings.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

const minutesToThinkMs = 10 * 60_000;

/** Shows whom the plan affects before it asks. No answer is no. */
export async function askConsent(
  terminal: Terminal,
  impacts: readonly Impact[],
  findings: readonly Finding[],
  told: Set<string>,
): Promise<boolean> {
  showFindings(terminal, findings, told);
  showImpacts(terminal, impacts, told);
  return terminal.confirm({ message: texts.getMessage('consent.question'), ms: minutesToThinkMs });
}
