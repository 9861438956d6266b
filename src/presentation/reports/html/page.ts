import type { VerificationResult } from '../../../planning/verification.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';
import { flowSection } from './flow.js';
import { checkSection, fieldSection, findingSection } from './sections.js';
import { styles } from './styles.js';

/** Nothing may be fetched, run or sent: the page is text and its own style. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One page to hand to an auditor: what failed first, then the picture of what reaches the vendor, then everything. */
export function htmlReport(result: VerificationResult): string {
  const { integration, username, userId } = result;
  const name = escaped(integration ?? username);
  const title = texts.getMessage('html.title', [name]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${styles}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="who">${escaped(username)}${userId === null ? '' : ` · ${escaped(userId)}`}</p>
${verdict(result)}
</header>
<main>
${findingSection(result)}
${flowSection(result)}
${checkSection(result)}
${fieldSection(result)}
</main>
</body>
</html>`;
}

function verdict({ checks }: VerificationResult): string {
  const count = (status: string): number => checks.filter((check) => check.status === status).length;
  const [failed, unknown] = [count('fail'), count('unknown')];
  const status = failed > 0 ? 'fail' : unknown > 0 ? 'unknown' : 'pass';
  const text = texts.getMessage(`html.verdict.${status}`, [count('pass'), failed, unknown]);
  return `<p class="verdict ${status}">${escaped(text)}</p>`;
}
