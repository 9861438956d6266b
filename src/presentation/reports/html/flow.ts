import type {
  Explanation,
  FieldAccess,
  ObjectAccess,
  RecordProof,
  VerificationResult,
} from '../../../planning/verification.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';
import { operationWords, seenText } from '../words.js';
import { bar } from './bar.js';
import { fieldName } from './fields.js';
import { isUnintended, problemFields, problemsWith } from './problems.js';
import { section, text } from './sections.js';

/** The picture: each object, how many of its fields and records reach the vendor, and through what. */
export function flowSection(result: VerificationResult): string {
  const { objects, proof } = result;
  const unreadable = proof.filter(({ sobject }) => !objects.some((object) => object.sobject === sobject));
  if (objects.length + unreadable.length === 0) return section('flow', `<p>${text(emptyKey(result))}</p>`);
  const lanes = objects.map((object) => lane(object, result));
  return section('flow', `${legend}${lanes.join('')}${unreadable.map(closedLane).join('')}`);
}

/** "Nothing flows" is said only where it was found out. */
function emptyKey({ userId, checks }: VerificationResult): string {
  if (userId === null) return 'html.noUser';
  const isKnown = checks.some(({ id, status }) => id === 'object-access' && status !== 'unknown');
  return isKnown ? 'html.nothing' : 'html.nothingKnown';
}

const legend = `<ul class="legend">${(['seen', 'leak', 'hidden', 'open'] as const)
  .map((kind) => `<li><i class="${kind}" aria-hidden="true"></i>${text(`html.legend.${kind}`)}</li>`)
  .join('')}</ul>`;

function lane(object: ObjectAccess, result: VerificationResult): string {
  const proof = result.proof.find(({ sobject }) => sobject === object.sobject);
  const problems = problemsWith(result, object.sobject);
  return `<article class="lane${problems === 0 ? '' : ' problem'}">
<div class="step">${objectStep(object, problems)}</div>
<div class="step"><h4>${text('html.fields')}</h4>${fieldStep(object, result)}</div>
<div class="step"><h4>${text('html.records')}</h4>${proof === undefined ? `<p>${text('method.not-measured')}</p>` : recordStep(proof)}</div>
</article>`;
}

function objectStep({ sobject, label, operations, sources }: ObjectAccess, problems: number): string {
  const name = label === sobject ? escaped(label) : `${escaped(label)} <code>${escaped(sobject)}</code>`;
  const given = [...new Set(sources)].map((source) => `<li>${escaped(source)}</li>`).join('');
  const warning = problems === 0 ? '' : `<p class="fail">${escaped(texts.getMessage('html.problems', [problems]))}</p>`;
  return `<h3>${name}</h3><p>${escaped(operationWords(operations))}</p>${warning}<p class="sources">${text('html.givenBy')}</p><ul class="sources">${given}</ul>`;
}

function fieldStep({ sobject }: ObjectAccess, result: VerificationResult): string {
  const problems = problemFields(result);
  const fields = result.fields.filter((field) => field.sobject === sobject);
  const visible = fields.filter(({ read }) => read);
  const unintended = visible.filter((field) => isUnintended(field, problems));
  const parts = bar(
    [
      [visible.length - unintended.length, 'seen'],
      [unintended.length, 'leak'],
    ],
    fields.length,
  );
  const count = escaped(texts.getMessage('html.seenFields', [visible.length, fields.length]));
  return `${fields.length === 0 ? '' : parts}<p>${count}</p>${unintendedLine(unintended)}`;
}

function unintendedLine(fields: readonly FieldAccess[]): string {
  if (fields.length === 0) return '';
  const names = fields.map(({ field }) => fieldName(field)).join(', ');
  return `<p class="fail">${escaped(texts.getMessage('html.unintendedFields', [names]))}</p>`;
}

function closedLane({ sobject, scheme }: RecordProof): string {
  return `<article class="lane"><div class="step"><h3>${escaped(sobject)}</h3></div><div class="step"><p>${escaped(scheme)}</p></div></article>`;
}

function recordStep(proof: RecordProof): string {
  const { flagged, unflagged, visibleFlagged, visibleUnflagged, flagField, scheme, explanation } = proof;
  const unexpected = explanation
    .filter(({ expected, records: side }) => !expected && side === 'visibleUnflagged')
    .reduce((sum, { count }) => sum + count, 0);
  const meant = (visibleFlagged ?? 0) + Math.max(0, (visibleUnflagged ?? 0) - unexpected);
  const whole = (flagged ?? 0) + (unflagged ?? 0);
  const lines = [
    ...(flagField === null
      ? []
      : [texts.getMessage('html.seenFlagged', [seenText(proof, visibleFlagged, flagged, grouped)])]),
    texts.getMessage(flagField === null ? 'html.seenRecords' : 'html.seenUnflagged', [
      seenText(proof, visibleUnflagged, unflagged, grouped),
    ]),
  ];
  const parts = bar(
    [
      [meant, 'seen'],
      [unexpected, 'leak'],
    ],
    whole,
    isFullyKnown(proof) ? 'hidden' : 'open',
  );
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  const causes = explanation.length === 0 ? '' : `<ul>${explanation.map(causeItem).join('')}</ul>`;
  return `${whole === 0 && isFullyKnown(proof) ? '' : parts}${paragraphs}<p class="sources">${escaped(scheme)}</p>${causes}`;
}

/** Of a sample, and of what could not be asked, the rest of the bar proves nothing. */
function isFullyKnown({
  method,
  status,
  flagField,
  flagged,
  unflagged,
  visibleFlagged,
  visibleUnflagged,
}: RecordProof) {
  const numbers = [unflagged, visibleUnflagged, ...(flagField === null ? [] : [flagged, visibleFlagged])];
  return method !== 'sample' && status !== 'unknown' && !numbers.includes(null);
}

function causeItem({ message, examples, expected }: Explanation): string {
  const ids = examples.length === 0 ? '' : ` ${text('html.examples')} <code>${escaped(examples.join(' '))}</code>`;
  return `<li class="${expected ? 'note' : 'problem'}">${escaped(message)}${ids}</li>`;
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
