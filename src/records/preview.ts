import { textAt } from '../observation/row.js';
import type { ObjectDescription } from '../observation/question.js';
import type { OrgPort } from '../org/port.js';
import { alreadySo, countQuery, differencesOf, sampleQuery } from './differences.js';
import { countDifferences } from './flag-records.js';
import type { FlagRequest } from './flag-request.js';
import { keyedChanges, keysOf } from './keyed-changes.js';
import { recordTexts as texts } from './texts.js';

export type SampleRecord = { readonly id: string; readonly name: string; readonly value: boolean };

/** What a run would do. A number is null where the org takes too long to count. */
export type Preview = {
  readonly toFlag: number | null;
  readonly toUnflag: number | null;
  readonly alreadySo: number | null;
  /** Keys of the file that no record has. Null where the selection is a condition. */
  readonly unknownKeys: number | null;
  readonly samples: readonly SampleRecord[];
};

const countTimeoutMs = 30_000;

/** The flag as the running user may write it; throws what is missing, with what to do. */
export async function describeFlag(port: OrgPort, { sobject, field }: FlagRequest): Promise<ObjectDescription> {
  const described = await port.describe(sobject);
  if (!described.ok) throw texts.createError('error.ObjectNotFound', [sobject]);
  const flag = described.value.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase());
  if (flag === undefined) throw texts.createError('error.FlagNotFound', [sobject, field]);
  if (flag.type !== 'boolean' || flag.calculated) throw texts.createError('error.FlagIsNoCheckbox', [sobject, field]);
  if (!flag.updateable) throw texts.createError('error.FlagNotEditable', [sobject, field]);
  return described.value;
}

export async function preview(
  port: OrgPort,
  request: FlagRequest,
  description: ObjectDescription,
  signal: AbortSignal,
): Promise<Preview> {
  return request.selection.kind === 'condition'
    ? previewCondition(port, request, request.selection.where, description)
    : previewKeys(port, request, request.selection, signal);
}

async function previewCondition(
  port: OrgPort,
  request: FlagRequest,
  where: string,
  description: ObjectDescription,
): Promise<Preview> {
  const { sobject } = request;
  // The org judges the condition on its own before it becomes a part of anything.
  const alone = await port.count(countQuery(sobject, `(${where})`), countTimeoutMs);
  if (!alone.ok) throw texts.createError('error.ConditionRefused', [sobject, where, readable(alone.refusal.message)]);
  const differences = differencesOf(request, where);
  const counts = await countDifferences(port, sobject, differences);
  const already = await port.count(countQuery(sobject, alreadySo(request, where)), countTimeoutMs);
  const nameField = description.fields.find((field) => field.nameField)?.name ?? 'Id';
  const queries = differences.map((part) => ({
    soql: sampleQuery(sobject, part.where, nameField),
    api: 'rest' as const,
  }));
  const answers = await port.queryAll(queries);
  const samples = differences.flatMap(({ value }, index) => {
    const answer = answers[index];
    if (answer?.ok !== true) return [];
    return answer.value.map((row) => ({ id: textAt(row, 'Id') ?? '', name: textAt(row, nameField) ?? '', value }));
  });
  const countOf = (value: boolean): number | null =>
    differences.reduce<number | null>((sum, part, index) => {
      if (part.value !== value) return sum;
      const count = counts[index] ?? null;
      return sum === null || count === null ? null : sum + count;
    }, 0);
  const alreadyCount = already.ok && already.value !== 'not counted' ? already.value : null;
  return { toFlag: countOf(true), toUnflag: countOf(false), alreadySo: alreadyCount, unknownKeys: null, samples };
}

async function previewKeys(
  port: OrgPort,
  request: FlagRequest,
  selection: Extract<FlagRequest['selection'], { kind: 'keys' }>,
  signal: AbortSignal,
): Promise<Preview> {
  let keys = 0;
  for await (const slice of keysOf(selection.path, selection.keyField)) keys += slice.length;
  if (keys === 0) throw texts.createError('error.NoKeys', [selection.path]);
  let toFlag = 0;
  let toUnflag = 0;
  const seen = { rows: 0 };
  const samples: SampleRecord[] = [];
  for await (const { id, value } of keyedChanges(port, request, signal, (rows) => (seen.rows += rows))) {
    if (value) toFlag += 1;
    else toUnflag += 1;
    if (samples.length < 5) samples.push({ id, name: '', value });
  }
  const changedListed = request.mode === 'unflag' ? toUnflag : toFlag;
  return {
    toFlag,
    toUnflag,
    alreadySo: seen.rows - changedListed,
    unknownKeys: Math.max(0, keys - seen.rows),
    samples,
  };
}

/** Salesforce's message without the excerpt of the whole query, which the user did not write. */
function readable(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const text = lines.findLast((line) => line !== '' && !/^\^?$/.test(line)) ?? message;
  return text.replace(/^ERROR at Row:\d+:Column:\d+\s*/, '');
}
