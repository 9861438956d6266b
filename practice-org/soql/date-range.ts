/** SOQL's relative dates. A range is half open: [from, to). Days are UTC-midnight milliseconds of a calendar date. */

type DayRange = { readonly from: number; readonly to: number };

const day = 86_400_000;

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
type Span = { readonly unit: Unit; readonly first: number; readonly last: number };

/** Offsets in units from the current one, both inclusive. */
const ranges: Readonly<Record<string, Span>> = {
  YESTERDAY: { unit: 'day', first: -1, last: -1 },
  TODAY: { unit: 'day', first: 0, last: 0 },
  TOMORROW: { unit: 'day', first: 1, last: 1 },
  LAST_WEEK: { unit: 'week', first: -1, last: -1 },
  THIS_WEEK: { unit: 'week', first: 0, last: 0 },
  NEXT_WEEK: { unit: 'week', first: 1, last: 1 },
  LAST_MONTH: { unit: 'month', first: -1, last: -1 },
  THIS_MONTH: { unit: 'month', first: 0, last: 0 },
  NEXT_MONTH: { unit: 'month', first: 1, last: 1 },
  LAST_QUARTER: { unit: 'quarter', first: -1, last: -1 },
  THIS_QUARTER: { unit: 'quarter', first: 0, last: 0 },
  NEXT_QUARTER: { unit: 'quarter', first: 1, last: 1 },
  LAST_YEAR: { unit: 'year', first: -1, last: -1 },
  THIS_YEAR: { unit: 'year', first: 0, last: 0 },
  NEXT_YEAR: { unit: 'year', first: 1, last: 1 },
};

const countedUnits: Readonly<Record<string, Unit>> = {
  DAYS: 'day',
  WEEKS: 'week',
  MONTHS: 'month',
  QUARTERS: 'quarter',
  YEARS: 'year',
};

/** The org's fiscal year is the calendar year, so FISCAL_QUARTER and FISCAL_YEAR mean QUARTER and YEAR. */
function withoutFiscal(name: string): string {
  return name.replace('FISCAL_', '');
}

export function isDateRange(name: string): boolean {
  const plain = withoutFiscal(name);
  return plain in ranges || plain === 'LAST_90_DAYS' || plain === 'NEXT_90_DAYS';
}

const countedName = /^(LAST_N|NEXT_N)_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)$|^N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)_AGO$/;

export function isCountedRange(name: string): boolean {
  return countedName.test(withoutFiscal(name));
}

/** First day of the unit that lies `offset` units from the one holding `today`. */
function startOf(unit: Unit, today: number, offset: number): number {
  const date = new Date(today);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (unit) {
    case 'day':
      return today + offset * day;
    case 'week':
      // Weeks start on Sunday in the locale of a new org.
      return today - date.getUTCDay() * day + offset * 7 * day;
    case 'month':
      return Date.UTC(year, month + offset, 1);
    case 'quarter':
      return Date.UTC(year, Math.floor(month / 3) * 3 + offset * 3, 1);
    case 'year':
      return Date.UTC(year + offset, 0, 1);
  }
}

function unitsFrom(today: number, { unit, first, last }: Span): DayRange {
  return { from: startOf(unit, today, first), to: startOf(unit, today, last + 1) };
}

/**
 * LAST_N_DAYS:n runs from n days ago through today; LAST_N_MONTHS:n and the longer units end where the current unit starts.
 * NEXT_N_… starts after today or after the current unit. N_…_AGO:n is that one unit (SOQL reference, date literals).
 */
function countedRange(name: string, count: number, today: number): DayRange {
  const [, direction, unitName, agoUnitName] = countedName.exec(name) ?? [];
  const unit = countedUnits[unitName ?? agoUnitName ?? ''] ?? 'day';
  if (agoUnitName) return unitsFrom(today, { unit, first: -count, last: -count });
  if (direction === 'NEXT_N') return unitsFrom(today, { unit, first: 1, last: count });
  return unitsFrom(today, { unit, first: -count, last: unit === 'day' ? 0 : -1 });
}

export function dateRange(name: string, count: number | null, today: number): DayRange {
  const plain = withoutFiscal(name);
  if (plain === 'LAST_90_DAYS') return countedRange('LAST_N_DAYS', 90, today);
  if (plain === 'NEXT_90_DAYS') return countedRange('NEXT_N_DAYS', 90, today);
  const span = ranges[plain];
  return span ? unitsFrom(today, span) : countedRange(plain, count ?? 0, today);
}
