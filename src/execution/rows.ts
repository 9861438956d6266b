import { changeKey, type Change, type Effect, type RecordReference, type RecordValues } from '../planning/change.js';
import type { Row } from '../observation/question.js';
import { explainRefusal, OrgError } from '../org/failure.js';
import type { WriteOutcome, WriteRequest } from '../org/port.js';
import { retryWhileLocked } from './locks.js';
import { isReference, lookUpReferences } from './references.js';
import {
  errorText,
  failedReport,
  unknownReport,
  type ChangeError,
  type ChangeReport,
  type Session,
} from './session.js';
import { executionTexts } from './texts.js';

type RowEffect = Extract<Effect, { readonly kind: 'insert' | 'update' | 'delete' }>;
type RowChange = Change & { readonly effect: RowEffect };

/** From this many rows of one kind on, collections of 200 need fewer requests than a composite of 25. */
const collectionFrom = 10;

export function isRowChange(change: Change): change is RowChange {
  const { kind } = change.effect;
  return kind === 'insert' || kind === 'update' || kind === 'delete';
}

/** Inserts, updates and deletes rows: few of several types in one request, many of one type in collections. */
export async function writeRowChanges(
  changes: readonly RowChange[],
  session: Session,
): Promise<readonly ChangeReport[]> {
  return retryWhileLocked(changes, session, async (open) => attempt(open.filter(isRowChange), session));
}

async function attempt(changes: readonly RowChange[], session: Session): Promise<readonly ChangeReport[]> {
  const madeHere = new Set(changes.filter((change) => change.effect.kind === 'insert').map(changeKey));
  await lookUpReferences(
    changes.flatMap((change) => referencesOf(change.effect)).filter((reference) => !madeHere.has(reference.idOf)),
    session,
  );
  const reports = new Map<Change, ChangeReport>();
  for (const batch of batchesOf(changes, madeHere)) {
    const failed = [...reports.values()].some((report) => report.state !== 'done');
    const batchReports = failed ? batch.changes.map(skipped) : await writeBatch(batch, session);
    for (const report of batchReports) reports.set(report.change, report);
  }
  return changes.map((change) => reports.get(change) ?? skipped(change));
}

type Batch = { readonly kind: 'mixed' | 'collection'; readonly changes: readonly RowChange[] };

function batchesOf(changes: readonly RowChange[], madeHere: ReadonlySet<string>): readonly Batch[] {
  const collections = groupsOf(changes).filter(
    (group) =>
      group.length >= collectionFrom &&
      !group.some((change) => referencesOf(change.effect).some((reference) => madeHere.has(reference.idOf))),
  );
  const inCollections = new Set(collections.flat());
  const mixed = changes.filter((change) => !inCollections.has(change));
  return [
    ...(mixed.length === 0 ? [] : [{ kind: 'mixed' as const, changes: mixed }]),
    ...collections.map((group) => ({ kind: 'collection' as const, changes: group })),
  ];
}

function groupsOf(changes: readonly RowChange[]): ReadonlyArray<readonly RowChange[]> {
  const kindOf = ({ effect }: RowChange): string => `${effect.kind} ${effect.sobject}`;
  const kinds = [...new Set(changes.map(kindOf))];
  return kinds.map((kind) => changes.filter((change) => kindOf(change) === kind));
}

async function writeBatch(batch: Batch, session: Session): Promise<readonly ChangeReport[]> {
  try {
    return batch.kind === 'mixed'
      ? await writeMixed(batch.changes, session)
      : await writeCollection(batch.changes, session);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    const report = error.certainty === 'unknown' ? unknownReport : failedReport;
    return batch.changes.map((change) => report(change, errorText(error)));
  }
}

async function writeMixed(changes: readonly RowChange[], session: Session): Promise<readonly ChangeReport[]> {
  const referenceIds = new Map(changes.map((change, index) => [changeKey(change), `change${index + 1}`]));
  const unresolved = changes.flatMap((change) =>
    referencesOf(change.effect).filter(({ idOf }) => !session.ids.has(idOf) && !referenceIds.has(idOf)),
  );
  const [missing] = unresolved;
  if (missing !== undefined) return changes.map((change) => failedReport(change, notFound(missing)));
  const idOf = ({ idOf: key }: RecordReference): string =>
    session.ids.get(key) ?? `@{${referenceIds.get(key) ?? ''}.id}`;
  const requests = changes.map((change) => writeRequest(change, referenceIds.get(changeKey(change)) ?? '', idOf));
  const outcomes = await session.port.write(requests);
  return changes.map((change, index) => reported(change, outcomes[index], session));
}

async function writeCollection(changes: readonly RowChange[], session: Session): Promise<readonly ChangeReport[]> {
  const [first] = changes;
  if (first === undefined) return [];
  const unresolved = changes
    .flatMap((change) => referencesOf(change.effect))
    .find(({ idOf }) => !session.ids.has(idOf));
  if (unresolved !== undefined) return changes.map((change) => failedReport(change, notFound(unresolved)));
  const idOf = ({ idOf: key }: RecordReference): string => session.ids.get(key) ?? '';
  const rows = changes.map(({ effect }) => collectionRow(effect, idOf));
  const outcomes = await session.port.writeRows(methods[first.effect.kind], first.effect.sobject, rows);
  return changes.map((change, index) => reported(change, outcomes[index], session));
}

const methods = { insert: 'POST', update: 'PATCH', delete: 'DELETE' } as const;

type Resolve = (reference: RecordReference) => string;

function writeRequest({ effect }: RowChange, referenceId: string, idOf: Resolve): WriteRequest {
  const { sobject } = effect;
  if (effect.kind === 'insert') return { method: 'POST', sobject, values: resolved(effect.values, idOf), referenceId };
  if (effect.kind === 'delete') return { method: 'DELETE', sobject, id: effect.id, referenceId };
  const id = isReference(effect.id) ? idOf(effect.id) : effect.id;
  return { method: 'PATCH', sobject, id, values: resolved(effect.values, idOf), referenceId };
}

function collectionRow(effect: RowEffect, idOf: Resolve): Row {
  if (effect.kind === 'insert') return resolved(effect.values, idOf);
  if (effect.kind === 'delete') return { Id: effect.id };
  return { Id: isReference(effect.id) ? idOf(effect.id) : effect.id, ...resolved(effect.values, idOf) };
}

function resolved(values: RecordValues, idOf: Resolve): Row {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, isReference(value) ? idOf(value) : value]),
  );
}

function referencesOf(effect: RowEffect): readonly RecordReference[] {
  if (effect.kind === 'delete') return [];
  const inValues = Object.values(effect.values).filter(isReference);
  return effect.kind === 'update' && isReference(effect.id) ? [effect.id, ...inValues] : inValues;
}

function reported(change: RowChange, outcome: WriteOutcome | undefined, session: Session): ChangeReport {
  if (outcome === undefined) return skipped(change);
  if (!outcome.ok) return failedReport(change, errorText(explainRefusal(outcome.failure)));
  session.ids.set(changeKey(change), outcome.id);
  return { change, state: 'done', id: outcome.id };
}

function skipped(change: Change): ChangeReport {
  return { change, state: 'skipped' };
}

function notFound(reference: RecordReference): ChangeError {
  return errorText(executionTexts.createError('error.ReferenceNotFound', [reference.idOf]));
}
