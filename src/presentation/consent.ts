import type { Impact } from '../planning/impact.js';
import type { Plan } from '../planning/plan.js';
import { showFindings, showImpacts } from './findings.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

const minutesToThinkMs = 10 * 60_000;

/** Shows whom the plan affects before it asks. No answer is no. */
export async function askConsent(terminal: Terminal, impacts: readonly Impact[], plan: Plan): Promise<boolean> {
  showFindings(terminal, plan.findings);
  showImpacts(terminal, impacts);
  return terminal.confirm({ message: texts.getMessage('consent.question'), ms: minutesToThinkMs });
}
