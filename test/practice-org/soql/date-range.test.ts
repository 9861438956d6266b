import { describe, expect, it } from 'vitest';
import { dateRange } from '../../../practice-org/soql/date-range.ts';
import { storedDate, userTime } from '../../../practice-org/soql/user-time.ts';

const wednesday = Date.UTC(2026, 6, 15);

function range(name: string, count: number | null = null): string {
  const { from, to } = dateRange(name, count, wednesday);
  return `${storedDate(from)}/${storedDate(to)}`;
}

describe('relative dates on Wednesday 15 July 2026', () => {
  it.each([
    ['TODAY', null, '2026-07-15/2026-07-16'],
    ['YESTERDAY', null, '2026-07-14/2026-07-15'],
    ['TOMORROW', null, '2026-07-16/2026-07-17'],
    ['THIS_WEEK', null, '2026-07-12/2026-07-19'],
    ['LAST_MONTH', null, '2026-06-01/2026-07-01'],
    ['NEXT_QUARTER', null, '2026-10-01/2027-01-01'],
    ['THIS_FISCAL_YEAR', null, '2026-01-01/2027-01-01'],
    ['LAST_90_DAYS', null, '2026-04-16/2026-07-16'],
    ['LAST_N_DAYS', 3, '2026-07-12/2026-07-16'],
    ['NEXT_N_DAYS', 3, '2026-07-16/2026-07-19'],
    ['LAST_N_MONTHS', 2, '2026-05-01/2026-07-01'],
    ['NEXT_N_YEARS', 1, '2027-01-01/2028-01-01'],
    ['N_DAYS_AGO', 3, '2026-07-12/2026-07-13'],
    ['N_FISCAL_QUARTERS_AGO', 1, '2026-04-01/2026-07-01'],
  ])('Given %s:%s, When it is resolved, Then it is %s', (name, count, expected) => {
    expect(range(name, count)).toBe(expected);
  });
});

describe('days of a time zone', () => {
  it('Given an evening in UTC, When the user lives in Tokyo, Then today is the next day', () => {
    expect(storedDate(userTime(Date.UTC(2026, 6, 15, 20), 'Asia/Tokyo').today)).toBe('2026-07-16');
  });

  it('Given the day on which clocks go forward, When it begins, Then the winter offset still holds', () => {
    const { startOfDay } = userTime(0, 'Europe/Berlin');
    expect(new Date(startOfDay(Date.UTC(2026, 2, 29))).toISOString()).toBe('2026-03-28T23:00:00.000Z');
  });
});
