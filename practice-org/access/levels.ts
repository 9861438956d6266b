import type { AccessLevel } from './access.ts';

/** How far access to one record goes; numbers, so that the most permissive of several is their maximum. */
export const level = { none: 0, read: 1, edit: 2, transfer: 3, all: 4 } as const;
export type Level = (typeof level)[keyof typeof level];

export function higher(one: Level, other: Level): Level {
  return one > other ? one : other;
}

export function lower(one: Level, other: Level): Level {
  return one < other ? one : other;
}

/** Names as share rows, team members, roles and rules write them. */
const namedLevels: Readonly<Record<string, Level>> = {
  None: level.none,
  Read: level.read,
  Edit: level.edit,
  All: level.all,
};

export function levelNamed(name: unknown): Level {
  return typeof name === 'string' ? (namedLevels[name] ?? level.none) : level.none;
}

const numberedLevels = [level.none, level.read, level.edit, level.transfer, level.all] as const;

/** From an array of bytes. */
export function levelNumbered(number: number | undefined): Level {
  return numberedLevels[number ?? 0] ?? level.none;
}

const maximumAccessNames = ['None', 'Read', 'Edit', 'Transfer', 'All'] as const satisfies readonly AccessLevel[];

export function accessLevelName(value: Level): AccessLevel {
  return maximumAccessNames[value];
}
