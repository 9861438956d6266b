import type { Finding } from '../../../planning/finding.js';
import type { Check, VerificationResult } from '../../../planning/verification.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';

const text = (key: string): string => escaped(texts.getMessage(key));

/** What somebody has to do something about, and what is good to know. */
export function findingSection({ findings }: VerificationResult): string {
  if (findings.length === 0) return section('findings', `<p>${text('html.noFindings')}</p>`);
  const ordered = [...findings].sort((a, b) => rank(a) - rank(b));
  return section('findings', `<ul class="findings">${ordered.map(findingItem).join('')}</ul>`);
}

function rank({ severity }: Finding): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

function findingItem({ severity, subject, message, fix }: Finding): string {
  const kind = severity === 'info' ? 'note' : 'problem';
  return `<li class="${kind}"><b>${escaped(subject)}</b> ${escaped(message)}${
    fix === undefined ? '' : `<span class="fix">${escaped(fix)}</span>`
  }</li>`;
}

export function checkSection({ checks }: VerificationResult): string {
  return section('checks', `<ol class="checks">${checks.map(checkItem).join('')}</ol>`);
}

function checkItem({ title, status, evidence, fixes }: Check): string {
  const lines = [
    ...evidence.map((line) => `<li>${escaped(line)}</li>`),
    ...fixes.map((line) => `<li class="fix">${escaped(line)}</li>`),
  ];
  const list = lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`;
  return `<li><span class="mark ${status}">${text(`html.status.${status}`)}</span><div><h3>${escaped(title)}</h3>${list}</div></li>`;
}

/** Every field that can be hidden, and who shows it. */
export function fieldSection({ fields, objects }: VerificationResult): string {
  const tables = objects.map(({ sobject, label }) => {
    const ofObject = fields.filter((field) => field.sobject === sobject);
    const visible = ofObject.filter(({ read }) => read);
    const hidden = ofObject.filter(({ read }) => !read);
    const rows = visible.map(
      ({ field, edit, sources }) =>
        `<tr><td>${escaped(field)}</td><td>${text(edit ? 'html.editable' : 'html.readable')}</td><td>${escaped(sources.join(', '))}</td></tr>`,
    );
    const table =
      rows.length === 0
        ? ''
        : `<table><thead><tr><th>${text('html.field')}</th><th>${text('html.access')}</th><th>${text('column.sources')}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
    const names = hidden.map(({ field }) => escaped(field.slice(field.indexOf('.') + 1))).join(', ');
    const list = hidden.length === 0 ? '' : `<p class="hidden"><b>${text('html.hiddenFields')}</b> ${names}</p>`;
    return `<h3>${escaped(label)}</h3>${table}${list}`;
  });
  return tables.length === 0 ? '' : section('fields', tables.join(''));
}

export function section(key: string, content: string): string {
  return `<section class="${key}"><h2>${text(`html.heading.${key}`)}</h2>${content}</section>`;
}
