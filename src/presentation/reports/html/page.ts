import type { VerificationResult } from '../../../planning/verification.js';
import { readableTime, type Circumstances, type ReportOptions } from '../circumstances.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';
import { fieldSection } from './fields.js';
import { flowSection } from './flow.js';
import { checkSection, findingSection } from './sections.js';
import { styles } from './styles.js';

/** Nothing may be fetched, run or sent: the page is text and its own style. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One page to hand to an auditor: what failed first, then the picture of what reaches the vendor, then everything. */
export function htmlReport(result: VerificationResult, { circumstances }: ReportOptions): string {
  const title = escaped(texts.getMessage('html.title', [result.integration ?? result.username]));
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
${facts(result, circumstances)}
${verdict(result)}
</header>
<main>
${findingSection(result)}
${flowSection(result)}
${checkSection(result)}
${fieldSection(result)}
</main>
<footer><p>${escaped(texts.getMessage('html.madeBy', [circumstances.version]))}</p></footer>
</body>
</html>`;
}

/** Who is meant, where and when was looked, and what it was compared with: the page is read far from the org. */
function facts({ username, userId }: VerificationResult, circumstances: Circumstances): string {
  const { orgId, instanceUrl, runner, definitionFile, takenAt } = circumstances;
  const time = `<time datetime="${escaped(takenAt)}">${escaped(readableTime(circumstances))}</time>`;
  const rows = {
    user: [username, userId].flatMap((part) => (part === null ? [] : escaped(part))).join(' · '),
    org: `${escaped(orgId)} · ${escaped(instanceUrl)}`,
    looked: `${time} · ${escaped(runner)}`,
    comparedWith: escaped(definitionFile ?? texts.getMessage('html.comparedWithNothing')),
  };
  const list = Object.entries(rows).map(
    ([key, value]) => `<div><dt>${escaped(texts.getMessage(`html.fact.${key}`))}</dt><dd>${value}</dd></div>`,
  );
  return `<dl class="facts">${list.join('')}</dl>`;
}

function verdict({ checks }: VerificationResult): string {
  const count = (status: string): number => checks.filter((check) => check.status === status).length;
  const [failed, unknown] = [count('fail'), count('unknown')];
  const status = failed > 0 ? 'fail' : unknown > 0 ? 'unknown' : 'pass';
  const text = texts.getMessage(`html.verdict.${status}`, [count('pass'), failed, unknown]);
  return `<p class="verdict ${status}">${escaped(text)}</p>`;
}
