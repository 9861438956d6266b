import type { Finding } from '../../../planning/finding.js';
import type { Check, CheckStatus, VerificationResult } from '../../../planning/verification.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';
import { findingKinds, findingsByKind, type FindingKind } from '../words.js';

export const text = (key: string): string => escaped(texts.getMessage(key));

const statuses: readonly CheckStatus[] = ['fail', 'unknown', 'pass'];

/** What somebody has to do something about, and what is good to know. */
export function findingSection(result: VerificationResult): string {
  const byKind = findingsByKind(result);
  const items = findingKinds.flatMap((kind) => (byKind.get(kind) ?? []).map((finding) => findingItem(kind, finding)));
  const list = `<ul class="findings">${items.join('')}</ul>`;
  return section('findings', items.length === 0 ? `<p>${text('html.noFindings')}</p>` : list);
}

/** The kind is a word, too: colour alone says nothing on paper or to who can't tell colours apart. */
function findingItem(kind: FindingKind, { subject, message, fix }: Finding): string {
  const advice = fix === undefined ? '' : `<span class="fix">${escaped(fix)}</span>`;
  return `<li class="${kind}"><span class="kind">${text(`html.kind.${kind}`)}</span> <b>${escaped(subject)}</b> ${escaped(message)}${advice}</li>`;
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
