/** Calendar days of one time zone: SOQL's relative dates follow the running user's own. */
export type UserTime = {
  /** UTC midnight of today's date in the zone. */
  readonly today: number;
  /** The instant at which a calendar day (given as its UTC midnight) begins in the zone. */
  readonly startOfDay: (day: number) => number;
};

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  };
  return new Intl.DateTimeFormat('en-US', options);
}

function wallClock(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
}

export function userTime(now: number, timeZone: string): UserTime {
  const format = zoneFormat(timeZone);
  const local = new Date(wallClock(format, now));
  return {
    today: Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()),
    startOfDay(day) {
      const offset = wallClock(format, day) - day;
      const guess = day - offset;
      // Asked again at the guess, because the offset may change during the hours in between.
      return day - (wallClock(format, guess) - guess);
    },
  };
}

/** A datetime as the store holds it: UTC, milliseconds, "+0000". */
export function storedDatetime(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+0000');
}

export function storedDate(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}
