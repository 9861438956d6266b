import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const root = fileURLToPath(new URL('../../../shared/', import.meta.url));

/** Absolute path of a file or folder of the optional reference data beside the checkout, or undefined where it is missing. */
export function referencePath(...segments: readonly string[]): string | undefined {
  const path = [root.replace(/\/$/, ''), ...segments].join('/');
  return existsSync(path) ? path : undefined;
}

/** Like describe, but skipped, and saying so, on machines that do not have the reference data. */
export function describeWithReference(title: string, tests: () => void): void {
  if (existsSync(root)) describe(title, tests);
  // The tests themselves are not even collected: they read the data to make their tables.
  else it.skip(`${title} (skipped: the reference data is not beside this checkout)`, () => undefined);
}
