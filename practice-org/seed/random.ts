/** A number from 0 to 2³²-1 that depends on nothing but its arguments: the same seed makes the same org. */
export function hash(seed: number, salt: number, row: number): number {
  let mixed = Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b) ^ Math.imul(seed + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A chooser among values, one a row. */
export function chooser<T>(seed: number, salt: number, values: readonly T[]): (row: number) => T {
  return (row) => values[hash(seed, salt, row) % values.length] as T;
}
