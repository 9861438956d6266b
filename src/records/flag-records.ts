import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FailedRow } from '../org/bulk.js';
import { OrgError } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';
import { ChangeFile } from './change-file.js';
import { begin, changesOf, inParentOrder, inSlices } from './changes.js';
import { differencesOf, measure, totalOf, type Difference, type MeasuredDifference } from './differences.js';
import type { FlagRequest, FlagSlices, KeyFile } from './flag-request.js';
import { describeObject } from './flag-field.js';
import { takeUpJobs } from './jobs.js';
import { keyedChanges } from './keyed-changes.js';
import { lockingParent } from './locking-parent.js';
import { isPassingFailure } from './passing-failures.js';
import { notWritten, type Attempt, type FlagOptions, type FlagReport, type StoppedJob } from './progress.js';
import { fewRows } from './rows-of-query.js';
import { withScratchFolder } from './scratch-folder.js';
import { writeCollections } from './write-collections.js';
import { writeJobs } from './write-jobs.js';

/** Rows locked by somebody else's work are usually free again a moment later. */
const attempts = 5;
const firstPauseMs = 500;

/** Writes only the rows that differ, after what an earlier run left behind is at its end. */
export async function flagRecords(port: OrgPort, request: FlagRequest, options: FlagOptions): Promise<FlagReport> {
  if (!isKnownFew(options)) {
    const { pendingJobs } = await takeUpJobs(port, request, options);
    if (pendingJobs.length > 0) {
      return { ...notWritten, pendingJobs };
    }
  }
  return writeFlags(port, request, options);
}

/**
 * Few rows through collections, many through Bulk API 2.0. What is locked is tried again; where the connection breaks, it is
 * asked anew what differs, so that nothing that was written is written again.
 */
export function writeFlags(port: OrgPort, request: FlagRequest, options: FlagOptions): Promise<FlagReport> {
  return withScratchFolder(async (folder) => {
    const tally = new Tally(options);
    try {
      const stopped = await attemptAll(port, request, options, folder, tally);
      return tally.report(stopped);
    } catch (error) {
      // What was written must be told, whatever ended the run.
      if (!(error instanceof OrgError) || tally.written === 0) throw error;
      return tally.report(error);
    }
  });
}

/** Answers what ended the attempts before their end. */
async function attemptAll(
  port: OrgPort,
  request: FlagRequest,
  options: FlagOptions,
  folder: string,
  tally: Tally,
): Promise<OrgError | null> {
  let source = await differing(port, request, options, folder);
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === attempts;
    const again = new ChangeFile(join(folder, `again-${attempt}.csv`));
    const { broken, ...outcome } = await writeChanges(port, request, source, options, async (row) => {
      if (isPassingFailure(row) && !isLast) await again.add({ id: row.id, value: row.value === 'true' });
      else await tally.fail(row);
    });
    tally.add(outcome);
    const isGoing = outcome.pendingJobs.length > 0;
    if (broken !== null && (isLast || broken.certainty === 'refused')) {
      if (tally.written === 0 && !isGoing) throw broken;
      return broken;
    }
    if (isGoing) return null;
    if (broken === null && again.count === 0) return null;
    options.progress({ kind: 'retrying', rows: again.count });
    await wait(firstPauseMs * 2 ** (attempt - 1));
    if (broken === null) {
      source = { changes: inSlices(again.read()), total: again.count };
      continue;
    }
    await tally.restart();
    source = await differing(port, request, uncounted(options), folder);
  }
}

/** What a plan counted before something was written no longer holds. */
function uncounted({ signal, deadline, progress, failures }: FlagOptions): FlagOptions {
  return { signal, deadline, progress, failures };
}

/** What all attempts together came to. Failures are passed on, and of them only what a report needs is kept. */
class Tally {
  public written = 0;
  readonly #options: Pick<FlagOptions, 'failures'>;
  readonly #failed = { flag: 0, unflag: 0 };
  #first: FailedRow | null = null;
  #pendingJobs: readonly string[] = [];
  #stoppedJobs: readonly StoppedJob[] = [];

  public constructor(options: Pick<FlagOptions, 'failures'>) {
    this.#options = options;
  }

  public add({ written, pendingJobs, stoppedJobs }: Omit<Attempt, 'broken'>): void {
    this.written += written;
    this.#pendingJobs = pendingJobs;
    this.#stoppedJobs = [...this.#stoppedJobs, ...stoppedJobs];
  }

  public async fail(row: FailedRow): Promise<void> {
    this.#failed[row.value === 'true' ? 'flag' : 'unflag'] += 1;
    this.#first ??= row;
    await this.#options.failures.add(row);
  }

  /** What is left is looked up anew: rows that failed, or that a job left, are among it. */
  public async restart(): Promise<void> {
    this.#failed.flag = 0;
    this.#failed.unflag = 0;
    this.#first = null;
    this.#stoppedJobs = [];
    await this.#options.failures.restart();
  }

  public report(stoppedBy: OrgError | null): FlagReport {
    const { flag, unflag } = this.#failed;
    const left = this.#stoppedJobs.reduce((sum, { rowsLeft }) => sum + rowsLeft, 0);
    return {
      written: this.written,
      failed: flag + unflag + left,
      failedToFlag: flag,
      failedToUnflag: unflag,
      firstFailure: this.#first,
      pendingJobs: this.#pendingJobs,
      stoppedJobs: this.#stoppedJobs,
      stoppedBy,
    };
  }
}

type Source = { readonly changes: FlagSlices; readonly total: number | null };

async function differing(port: OrgPort, request: FlagRequest, options: FlagOptions, folder: string): Promise<Source> {
  const { selection, sobject } = request;
  if (selection.kind === 'keys') return differingOfKeys(port, { ...request, selection }, options, folder);
  const differences = differencesOf(request, selection.where);
  const measured = knownDifferences(differences, options) ?? (await measure(port, sobject, differences));
  const total = totalOf(measured);
  // The order spares locks between batches; a few rows are written one collection after the other.
  const isFew = total !== null && total <= fewRows;
  const order = isFew ? null : lockingParent(await describeObject(port, sobject));
  return { changes: changesOf(port, sobject, measured, order, folder, options.signal), total };
}

function knownDifferences(
  differences: readonly Difference[],
  options: FlagOptions,
): readonly MeasuredDifference[] | null {
  if (!isKnownFew(options)) return options.measured ?? null;
  return differences.map((difference) => ({ ...difference, count: options.counted }));
}

async function differingOfKeys(
  port: OrgPort,
  request: FlagRequest & { readonly selection: KeyFile },
  options: FlagOptions,
  folder: string,
): Promise<Source> {
  const description = await describeObject(port, request.sobject);
  const changes = keyedChanges(port, request, description, options.signal);
  if (lockingParent(description) === null) return { changes: inSlices(changes), total: null };
  return { changes: inParentOrder(changes, folder), total: null };
}

function isKnownFew(options: FlagOptions): options is FlagOptions & { readonly counted: number } {
  return options.counted !== undefined && options.counted <= fewRows;
}

async function writeChanges(
  port: OrgPort,
  request: FlagRequest,
  { changes, total }: Source,
  options: FlagOptions,
  onFailure: (row: FailedRow) => Promise<void>,
): Promise<Attempt> {
  const { few, all } = await begin(changes);
  return few === null
    ? writeJobs(port, request, all, total, options, onFailure)
    : writeCollections(port, request, few, options, onFailure);
}
