import type { ObjectAccess, RecordProof, VerificationResult } from '../../../planning/verification.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';
import { section } from './sections.js';

/** The picture: each object, how many of its fields and records reach the vendor, and through what. */
export function flowSection(result: VerificationResult): string {
  const { objects, proof } = result;
  const unreadable = proof.filter(({ sobject }) => !objects.some((object) => object.sobject === sobject));
  if (objects.length + unreadable.length === 0) return section('flow', `<p>${text('html.nothing')}</p>`);
  const lanes = objects.map((object) =>
    lane(
      object,
      result,
      proof.find(({ sobject }) => sobject === object.sobject),
    ),
  );
  return section(
    'flow',
    `<p class="legend"><i class="seen"></i>${text('html.legend.seen')}<i class="leak"></i>${text('html.legend.leak')}<i></i>${text('html.legend.hidden')}</p>${lanes.join('')}${unreadable.map(closedLane).join('')}`,
  );
}

function lane(object: ObjectAccess, { fields }: VerificationResult, proof: RecordProof | undefined): string {
  const ofObject = fields.filter(({ sobject }) => sobject === object.sobject);
  const visible = ofObject.filter(({ read }) => read).length;
  return `<article class="lane">
<div class="step"><h3>${escaped(object.label)}</h3><p>${escaped(object.operations.join(', '))}</p><p class="sources">${escaped([...new Set(object.sources)].join(', '))}</p></div>
<div class="step"><h4>${text('html.fields')}</h4>${bar([[visible, 'seen']], ofObject.length)}<p>${escaped(texts.getMessage('seenOf', [visible, ofObject.length]))}</p></div>
<div class="step"><h4>${text('html.records')}</h4>${proof === undefined ? `<p>${text('method.not-measured')}</p>` : records(proof)}</div>
</article>`;
}

function closedLane({ sobject, scheme }: RecordProof): string {
  return `<article class="lane"><div class="step"><h3>${escaped(sobject)}</h3></div><div class="step"><p>${escaped(scheme)}</p></div></article>`;
}

function records(proof: RecordProof): string {
  const { flagged, unflagged, visibleFlagged, visibleUnflagged, flagField, scheme, explanation } = proof;
  const unexpected = explanation
    .filter(({ expected, records: side }) => !expected && side === 'visibleUnflagged')
    .reduce((sum, { count }) => sum + count, 0);
  const meant = (visibleFlagged ?? 0) + Math.max(0, (visibleUnflagged ?? 0) - unexpected);
  const lines =
    flagField === null
      ? [texts.getMessage('html.seenRecords', [shown(visibleUnflagged), shown(unflagged)])]
      : [
          texts.getMessage('html.seenFlagged', [shown(visibleFlagged), shown(flagged)]),
          texts.getMessage('html.seenUnflagged', [shown(visibleUnflagged), shown(unflagged)]),
        ];
  const causes = explanation.map(
    ({ message, examples, expected }) =>
      `<li class="${expected ? 'note' : 'problem'}">${escaped(message)}${examples.length === 0 ? '' : ` <code>${escaped(examples.join(' '))}</code>`}</li>`,
  );
  return `${bar(
    [
      [meant, 'seen'],
      [unexpected, 'leak'],
    ],
    (flagged ?? 0) + (unflagged ?? 0),
  )}${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}<p class="sources">${escaped(scheme)}</p>${causes.length === 0 ? '' : `<ul>${causes.join('')}</ul>`}`;
}

type Part = readonly [number, string];

/** Each part in proportion to the whole; one that is there is never too thin to be seen. */
function bar(parts: readonly Part[], whole: number): string {
  const widths = parts.map(([count, kind]) => {
    const percent = whole === 0 ? 0 : (count / whole) * 100;
    return count === 0
      ? ''
      : `<i class="${kind}" style="width:${Math.max(1, Math.min(100, percent)).toFixed(1)}%"></i>`;
  });
  return `<div class="bar">${widths.join('')}</div>`;
}

function shown(number: number | null): string {
  return number === null ? '?' : number.toLocaleString('en-US');
}

function text(key: string): string {
  return escaped(texts.getMessage(key));
}
