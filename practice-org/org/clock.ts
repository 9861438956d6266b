import type { Clock } from './practice-org.ts';

export function createClock(now: () => number = Date.now): Clock {
  return { now, timestamp: () => formatTimestamp(now()) };
}

/** Salesforce writes the zone as "+0000", never as "Z". */
export function formatTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}
