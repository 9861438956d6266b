import type { FieldType } from '../schema/definitions.ts';

type DateFunction = { readonly type: FieldType; readonly of: (value: string) => string | number };

const day = 86_400_000;

function dateOf(value: string): Date {
  return new Date(value.length === 10 ? `${value}T00:00:00Z` : value.replace('+0000', 'Z'));
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / day) + 1;
}

function quarter(date: Date): number {
  return Math.floor(date.getUTCMonth() / 3) + 1;
}

function number(of: (date: Date) => number): DateFunction {
  return { type: 'int', of: (value) => of(dateOf(value)) };
}

/** Parts of a date or datetime, in UTC; the fiscal year is the calendar year. */
export const dateFunctions: Readonly<Record<string, DateFunction>> = {
  CALENDAR_MONTH: number((date) => date.getUTCMonth() + 1),
  CALENDAR_QUARTER: number(quarter),
  CALENDAR_YEAR: number((date) => date.getUTCFullYear()),
  DAY_IN_MONTH: number((date) => date.getUTCDate()),
  DAY_IN_WEEK: number((date) => date.getUTCDay() + 1),
  DAY_IN_YEAR: number(dayOfYear),
  DAY_ONLY: { type: 'date', of: (value) => value.slice(0, 10) },
  FISCAL_MONTH: number((date) => date.getUTCMonth() + 1),
  FISCAL_QUARTER: number(quarter),
  FISCAL_YEAR: number((date) => date.getUTCFullYear()),
  HOUR_IN_DAY: number((date) => date.getUTCHours()),
  WEEK_IN_MONTH: number((date) => Math.floor((date.getUTCDate() - 1) / 7) + 1),
  WEEK_IN_YEAR: number((date) => Math.floor((dayOfYear(date) - 1) / 7) + 1),
};
