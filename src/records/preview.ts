import type { SfError } from '@salesforce/core/sfError';
import { textAt } from '../observation/row.js';
import type { ObjectDescription } from '../observation/question.js';
import { wordsOf } from '../observation/refusal.js';
import { OrgError } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';
import {
  alreadySo,
  countOf,
  differencesOf,
  measure,
  numberIn,
  sampleQuery,
  type MeasuredDifference,
} from './differences.js';
import type { FlagRequest, KeyFile } from './flag-request.js';
import { keyedChanges } from './keyed-changes.js';
import { recordTexts as texts } from './texts.js';

export type SampleRecord = { readonly id: string; readonly name: string; readonly value: boolean };

/** What a run would do. A number is null where the org takes too long to count. */
export type Preview = {
  readonly toFlag: number | null;
  readonly toUnflag: number | null;
  readonly alreadySo: number | null;
  /** Keys of the file that no record has, and the first of them. */
  readonly unknownKeys: { readonly count: number; readonly first: readonly string[] };
  readonly samples: readonly SampleRecord[];
  /** Null where keys select: these are looked up again when they are written. */
  readonly differences: readonly MeasuredDifference[] | null;
};

/** A sync whose selection is empty takes the flag from every record that has it. */
export function unticksAll({ mode }: FlagRequest, { toFlag, toUnflag, alreadySo }: Preview): boolean {
  return mode === 'sync' && toFlag === 0 && alreadySo === 0 && toUnflag !== 0;
}

const sampleRecords = 5;

export function preview(
  port: OrgPort,
  request: FlagRequest,
  description: ObjectDescription,
  signal: AbortSignal,
): Promise<Preview> {
  const { selection } = request;
  return selection.kind === 'condition'
    ? previewCondition(port, request, selection.where, description)
    : previewKeys(port, { ...request, selection }, description, signal);
}

async function previewCondition(
  port: OrgPort,
  request: FlagRequest,
  where: string,
  description: ObjectDescription,
): Promise<Preview> {
  const { sobject } = request;
  // The org judges the condition on its own before it becomes a part of anything.
  const [alone] = await port.queryAll([{ soql: sampleQuery(sobject, where, 'Id', 1), api: 'rest' }]);
  if (alone?.ok === false) throw refusedCondition(sobject, where, alone.refusal);
  const [[already], differences] = await Promise.all([
    port.countAll([countOf(sobject, alreadySo(request, where))]),
    measure(port, sobject, differencesOf(request, where)).catch((error: unknown) => {
      if (!(error instanceof OrgError) || error.certainty !== 'refused') throw error;
      throw refusedCondition(sobject, where, error);
    }),
  ]);
  return {
    toFlag: countWith(differences, true),
    toUnflag: countWith(differences, false),
    alreadySo: numberIn(already),
    unknownKeys: { count: 0, first: [] },
    samples: await samplesOf(port, description, differences),
    differences,
  };
}

function refusedCondition(sobject: string, where: string, refusal: { readonly message: string }): SfError {
  return texts.createError('error.ConditionRefused', [sobject, where, wordsOf(refusal)]);
}

function countWith(differences: readonly MeasuredDifference[], value: boolean): number | null {
  return differences
    .filter((difference) => difference.value === value)
    .reduce<number | null>((sum, { count }) => (sum === null || count === null ? null : sum + count), 0);
}

/** Rows that only a subtraction finds have no sample: it would cost reading all of them. */
async function samplesOf(
  port: OrgPort,
  description: ObjectDescription,
  differences: readonly MeasuredDifference[],
): Promise<readonly SampleRecord[]> {
  const nameField = description.fields.find((field) => field.nameField)?.name ?? 'Id';
  const shown = differences.filter(({ count, except }) => count !== 0 && except === null);
  const answers = await port.queryAll(
    shown.map(({ where }) => ({ soql: sampleQuery(description.name, where, nameField, sampleRecords), api: 'rest' })),
  );
  return shown.flatMap(({ value }, index) => {
    const answer = answers[index];
    if (answer?.ok !== true) return [];
    return answer.value.map((row) => ({ id: textAt(row, 'Id') ?? '', name: textAt(row, nameField) ?? '', value }));
  });
}

async function previewKeys(
  port: OrgPort,
  request: FlagRequest & { readonly selection: KeyFile },
  description: ObjectDescription,
  signal: AbortSignal,
): Promise<Preview> {
  const seen = { records: 0, unknown: 0 };
  const first: string[] = [];
  const named = new Map<string, string>();
  const changes = keyedChanges(port, request, description, signal, ({ records, unknown, names }) => {
    seen.records += records;
    seen.unknown += unknown.length;
    first.push(...unknown.slice(0, sampleRecords - first.length));
    if (named.size < sampleRecords) names.forEach((name, id) => named.set(id, name));
  });
  const counts = { flag: 0, unflag: 0 };
  const samples: SampleRecord[] = [];
  for await (const slice of changes) {
    for (const { id, value } of slice) {
      if (value) counts.flag += 1;
      else counts.unflag += 1;
      if (samples.length < sampleRecords) samples.push({ id, name: named.get(id) ?? '', value });
    }
  }
  const changedListed = request.mode === 'unflag' ? counts.unflag : counts.flag;
  return {
    toFlag: counts.flag,
    toUnflag: counts.unflag,
    alreadySo: seen.records - changedListed,
    unknownKeys: { count: seen.unknown, first },
    samples,
    differences: null,
  };
}
