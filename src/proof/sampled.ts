import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { Answers } from '../observation/question.js';
import type { OrgPort } from '../org/port.js';
import { explainHidden, explainVisible, toExplanations } from './explanation.js';
import type { ProofOptions } from './proof-options.js';
import { mostSuspects, suspectQuestions, type Totals } from './proof-questions.js';
import { allRows } from './queries.js';
import { idsIn, visibilityOf } from './reading.js';
import { Reservoir, upperBound, type RandomIndex } from './reservoir.js';
import { proofTexts } from './texts.js';
import { total, type Measurement } from './verdict.js';

/**
 * So many rows of each side are drawn. With up to 200 suspicious ones they fit into one request of 25 × 200; the side on which a row
 * that is visible is a leak gets more of them.
 */
const mostDrawn = { unflagged: 3_000, flagged: 1_800 } as const;

/**
 * Too many rows to ask about each: in full over those that are most likely to be visible without a flag, and over a sample
 * in which every row is as likely as every other, which is the condition for saying what the rest is like.
 */
export async function measureBySample(
  subject: ProofSubject,
  totals: Totals,
  { answers, port, random, signal }: ProofOptions,
): Promise<Measurement> {
  const [suspects, drawn] = await Promise.all([
    suspiciousRows(subject, answers, port),
    draw(subject, port, random, signal),
  ]);
  const asked = [...new Set([...suspects.ids, ...drawn.unflagged, ...drawn.flagged])];
  const { visible, unknown } = await visibilityOf(port, subject.userId, asked);
  const isFlagged = new Set(drawn.flagged);
  const leaked = asked.filter((id) => !isFlagged.has(id) && visible.has(id));
  const missing = drawn.flagged.filter((id) => !visible.has(id) && !unknown.has(id));
  const leaks = toExplanations(subject, 'visibleUnflagged', await explainVisible(subject, leaked, port));
  return {
    ...totals,
    visibleFlagged: drawn.flagged.filter((id) => visible.has(id)).length,
    visibleUnflagged: leaked.length,
    method: 'sample',
    exact: false,
    scheme: schemeText(subject, totals, suspects, drawn, total(leaks.filter(({ expected }) => !expected))),
    explanation: [...leaks, ...toExplanations(subject, 'hiddenFlagged', await explainHidden(subject, missing, port))],
    unanswered: unknown.size + suspects.unanswered,
  };
}

type Suspects = {
  readonly ids: readonly string[];
  /** There are no more of them. */
  readonly complete: boolean;
  /** Questions that Salesforce refused. */
  readonly unanswered: number;
};

/** Answered already, but for the rare case that the user's own login could not count. */
async function suspiciousRows(subject: ProofSubject, answers: Answers, port: OrgPort): Promise<Suspects> {
  const asked = suspectQuestions(subject);
  const known = asked.map(({ question }) => answers.get(question));
  const reads = known.includes(undefined) ? await port.queryAll(asked.map(({ question }) => question)) : known;
  const ids = asked.map(({ column }, index) => {
    const read = reads[index];
    return read?.ok === true ? idsIn(read.value, column) : null;
  });
  return {
    ids: [...new Set(ids.flatMap((found) => found ?? []))],
    complete: ids.every((found) => found !== null && found.length < mostSuspects),
    unanswered: ids.filter((found) => found === null).length,
  };
}

type Sample = { readonly flagged: readonly string[]; readonly unflagged: readonly string[] };

/** Both sides of the flag, from one reading of all rows: none are kept but the samples. */
async function draw(subject: ProofSubject, port: OrgPort, random: RandomIndex, signal: AbortSignal): Promise<Sample> {
  const flagged = new Reservoir<string>(mostDrawn.flagged, random);
  const unflagged = new Reservoir<string>(mostDrawn.unflagged, random);
  for await (const rows of port.bulk.queryIds(allRows(subject), signal)) {
    for (let index = 0; index < rows.length; index += 1) {
      const side = rows.isTicked(index) ? flagged : unflagged;
      if (side.draws()) side.keep(rows.at(index));
    }
  }
  return { flagged: flagged.sample, unflagged: unflagged.sample };
}

function schemeText(
  { sobject, flagField }: ProofSubject,
  totals: Totals,
  suspects: Suspects,
  drawn: Sample,
  unexpected: number,
): string {
  const { unflagged } = drawn;
  const about = [suspects.ids.length, unflagged.length, sobject, totals.unflagged ?? '?'];
  const suspicion = proofTexts.getMessage(suspects.complete ? 'scheme.suspects' : 'scheme.someSuspects', about);
  const sample = proofTexts.getMessage('scheme.sample', [
    unflagged.length,
    drawn.flagged.length,
    sobject,
    (totals.unflagged ?? 0) + (totals.flagged ?? 0),
  ]);
  // A bound holds for what the sample did not show; where it shows rows, their number says more.
  if (unexpected > 0 || flagField === null || unflagged.length === 0) return `${suspicion} ${sample}`;
  const percent = (upperBound(unflagged.length) * 100).toFixed(2);
  return `${suspicion} ${sample} ${proofTexts.getMessage('scheme.bound', [unflagged.length, percent])}`;
}
