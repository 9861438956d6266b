import type { Finding } from '../../../planning/finding.js';
import type { Check, CheckStatus, VerificationResult } from '../../../planning/verification.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';

export const text = (key: string): string => escaped(texts.getMessage(key));

const severities: ReadonlyArray<Finding['severity']> = ['error', 'warning', 'info'];
const statuses: readonly CheckStatus[] = ['fail', 'unknown', 'pass'];

/** What somebody has to do something about, and what is good to know. */
export function findingSection({ findings }: VerificationResult): string {
  if (findings.length === 0) return section('findings', `<p>${text('html.noFindings')}</p>`);
  const ordered = findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return section('findings', `<ul class="findings">${ordered.map(findingItem).join('')}</ul>`);
}

/** The kind is a word, too: colour alone says nothing on paper or to who can't tell colours apart. */
function findingItem({ severity, subject, message, fix }: Finding): string {
  const kind = severity === 'info' ? 'note' : 'problem';
  return `<li class="${kind}"><span class="kind">${text(`html.kind.${kind}`)}</span> <b>${escaped(subject)}</b> ${escaped(message)}${
    fix === undefined ? '' : `<span class="fix">${escaped(fix)}</span>`
  }</li>`;
}

export function checkSection({ checks }: VerificationResult): string {
  const ordered = checks.toSorted((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status));
  return section('checks', `<ol class="checks">${ordered.map(checkItem).join('')}</ol>`);
}

function checkItem({ title, status, evidence, fixes }: Check): string {
  const lines = [
    ...evidence.map((line) => `<li>${escaped(line)}</li>`),
    ...fixes.map((line) => `<li class="fix">${escaped(line)}</li>`),
  ];
  const list = lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`;
  return `<li><span class="mark ${status}">${text(`html.status.${status}`)}</span><div><h3>${escaped(title)}</h3>${list}</div></li>`;
}

export function section(key: string, content: string): string {
  return `<section class="${key}"><h2>${text(`html.heading.${key}`)}</h2>${content}</section>`;
}
