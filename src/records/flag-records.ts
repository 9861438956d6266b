import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { FailedRow } from '../org/bulk.js';
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
import type { Attempt, FlagOptions, FlagReport } from './progress.js';
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
      return { written: 0, failed: 0, firstFailure: null, pendingJobs, stoppedJobs: [] };
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
    const failures = new Failures(options);
    let written = 0;
    let source = await differing(port, request, options, folder);
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === attempts;
      const again = new ChangeFile(join(folder, `again-${attempt}.csv`));
      const outcome = await writeChanges(port, request, source, options, async (row) => {
        if (isPassingFailure(row) && !isLast) await again.add({ id: row.id, value: row.value === 'true' });
        else await failures.add(row);
      });
      written += outcome.written;
      if (outcome.broken !== null && isLast) throw outcome.broken;
      if (outcome.pendingJobs.length > 0 || (outcome.broken === null && again.count === 0)) {
        return report(written, failures, outcome);
      }
      options.progress({ kind: 'retrying', rows: again.count });
      await wait(firstPauseMs * 2 ** (attempt - 1));
      if (outcome.broken === null) {
        source = { changes: inSlices(again.read()), total: again.count };
        continue;
      }
      await failures.restart();
      source = await differing(port, request, uncounted(options), folder);
    }
  });
}

/** What a plan counted before something was written no longer holds. */
function uncounted({ signal, deadline, progress, failures }: FlagOptions): FlagOptions {
  return { signal, deadline, progress, failures };
}

function report(written: number, failures: Failures, { pendingJobs, stoppedJobs }: Attempt): FlagReport {
  const left = stoppedJobs.reduce((sum, { rowsLeft }) => sum + rowsLeft, 0);
  return { written, failed: failures.count + left, firstFailure: failures.first, pendingJobs, stoppedJobs };
}

/** Passes failures on, and keeps of them what a report needs. */
class Failures {
  public count = 0;
  public first: FailedRow | null = null;
  readonly #options: Pick<FlagOptions, 'failures'>;

  public constructor(options: Pick<FlagOptions, 'failures'>) {
    this.#options = options;
  }

  public async add(row: FailedRow): Promise<void> {
    this.count += 1;
    this.first ??= row;
    await this.#options.failures.add(row);
  }

  public async restart(): Promise<void> {
    this.count = 0;
    this.first = null;
    await this.#options.failures.restart();
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
  return { changes: changesOf(port, sobject, measured, order, options.signal), total };
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
