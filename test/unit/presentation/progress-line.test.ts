import { describe, expect, it } from 'vitest';
import { logLine, progressLine } from '../../../src/presentation/progress-line.js';
import type { Shown } from '../../../src/presentation/row-progress.js';

const rows = (done: number, total: number | null, perSecond: number | null): Shown => ({
  kind: 'rows',
  done,
  total,
  perSecond,
});
const many = rows(120_000, 300_000, 4_100);
const kinds: ReadonlyArray<readonly [string, Shown]> = [
  ['many rows', many],
  ['rows that take hours', rows(1_234_567, 50_000_000, 1_234)],
  ['rows of which there is no total', rows(1_234_567, null, 12_345)],
  ['rows without a rate', rows(0, 300_000, null)],
  ['a phase', { kind: 'phase', phase: 'readingIds', done: 1_234_567 }],
  ['an upload', { kind: 'sending', jobId: '750000000000001AAA' }],
  ['a job', { kind: 'waiting', jobId: '750000000000001AAA' }],
  ['locked rows', { kind: 'retrying', rows: 1_234_567 }],
];
const widths = Array.from({ length: 171 }, (_, index) => index + 29);

describe('Given rows that are written', () => {
  it.each([
    [119, `${'█'.repeat(16)}${'░'.repeat(24)} 120,000 of 300,000 records, 4,100 a second, 44 s left`],
    [79, `${'█'.repeat(10)}${'░'.repeat(15)} 120,000 of 300,000 records, 4,100 a second, 44 s left`],
    [49, `${'█'.repeat(4)}${'░'.repeat(6)} 120,000 of 300,000, 4,100/s, 44 s left`],
    [39, `${'█'.repeat(9)}${'░'.repeat(14)} 40% 4100/s 0:44`],
    [29, `${'█'.repeat(5)}${'░'.repeat(8)} 40% 4100/s 0:44`],
  ])('When %i columns are free, Then the bar has as much beside it as fits', (columns, line) => {
    expect(progressLine(many, columns)).toBe(line);
  });

  it.each([
    ['nothing is known of the rate', rows(160, 300, null), '160 of 300 records'],
    ['all are written', rows(160, 160, 40), '160 of 160 records'],
    ['minutes are left', rows(0, 3_000, 20), '0 of 3,000 records, 20 a second, 2 min 30 s left'],
    ['hours are left', rows(0, 100_000, 20), '0 of 100,000 records, 20 a second, 1 h 23 min left'],
    ['there is no total and no rate', rows(500, null, null), '500 records'],
    ['there is no total', rows(500, null, 50), '500 records, 50 a second'],
  ])('When %s, Then no number without meaning is told', (_, shown, text) => {
    expect([logLine(shown), progressLine(shown, 200).replace(/^[█░]+ /, '')]).toEqual([text, text]);
  });

  it.each([
    [0, 0],
    [150, 20],
    [300, 40],
  ])('When %i of 300 are done, Then %i of 40 columns are filled', (done, filled) => {
    expect(progressLine(rows(done, 300, null), 200).replace(/[^█]/g, '')).toHaveLength(filled);
  });
});

describe.each(kinds)('Given %s', (_, shown) => {
  it('When any width from 30 columns on is there, Then it stays on one line', () => {
    const tooLong = widths.filter((columns) => progressLine(shown, columns).length > columns);
    expect(tooLong).toEqual([]);
  });
});

describe('Given a bulk job', () => {
  it.each([
    ['is filled', { kind: 'sending', jobId: '750000000000001AAA' }],
    ['is waited for', { kind: 'waiting', jobId: '750000000000001AAA' }],
  ] as const)('When it %s, Then a log names it', (_, shown) => {
    expect(logLine(shown)).toContain('750000000000001AAA');
  });
});
