import { describe, expect, it } from 'vitest';
import { RowProgress, type Shown } from '../../../src/presentation/row-progress.js';
import type { FlagProgress } from '../../../src/records/progress.js';

/** One event a second. */
function shownAfter(events: readonly FlagProgress[], expected: number | null = null): ReadonlyArray<Shown | null> {
  const progress = new RowProgress();
  progress.expect(expected);
  return events.map((event, index) => progress.after(event, index * 1_000));
}

const rows = (done: number, total: number | null = null): FlagProgress => ({ kind: 'rows', done, total });
const started = { kind: 'jobStarted', jobId: '750A' } as const;
const uploading = { kind: 'uploading', jobId: '750A' } as const;

describe('Given rows whose total only the preview knows', () => {
  it('When their own job writes them, Then the total is that of the preview', () => {
    const shown = shownAfter([uploading, started, rows(0), rows(100)], 400);
    expect(shown.at(-1)).toEqual({ kind: 'rows', done: 100, total: 400, perSecond: 100 });
  });

  it('When a job of an earlier run writes others first, Then those have no total', () => {
    const events = [started, rows(50), { kind: 'jobEnded', jobId: '750A' }, rows(10)] as const;
    const totals = shownAfter(events, 400).map((shown) => (shown?.kind === 'rows' ? shown.total : undefined));
    expect(totals).toEqual([undefined, null, undefined, 400]);
  });

  it('When more are done than it said, Then there is no total', () => {
    expect(shownAfter([rows(500)], 400)).toEqual([{ kind: 'rows', done: 500, total: null, perSecond: null }]);
  });

  it('When locked rows are tried again, Then they are not compared with it', () => {
    const shown = shownAfter([{ kind: 'retrying', rows: 5 }, rows(5)], 400);
    expect(shown.at(-1)).toEqual({ kind: 'rows', done: 5, total: null, perSecond: null });
  });
});

describe('Given rows that are written', () => {
  it('When the first of them are told, Then there is no rate yet', () => {
    expect(shownAfter([rows(200, 400)])).toEqual([{ kind: 'rows', done: 200, total: 400, perSecond: null }]);
  });

  it('When none are added, Then there is no rate of nothing', () => {
    expect(shownAfter([rows(0, 400), rows(0, 400)]).at(-1)).toEqual({
      kind: 'rows',
      done: 0,
      total: 400,
      perSecond: null,
    });
  });

  it('When they begin anew, Then the rate does, too', () => {
    const shown = shownAfter([rows(0, 400), rows(400, 400), rows(0, 20), rows(10, 20)]);
    expect(shown.at(-1)).toEqual({ kind: 'rows', done: 10, total: 20, perSecond: 10 });
  });
});
