import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChangeFile } from '../../../src/records/change-file.js';
import { inParentOrder } from '../../../src/records/changes.js';
import type { FlagChange, FlagSlices } from '../../../src/records/flag-request.js';
import { withScratchFolder } from '../../../src/records/scratch-folder.js';

const change: fc.Arbitrary<FlagChange> = fc.record({
  id: fc.integer({ min: 1 }).map((number) => `003${String(number).padStart(15, '0')}`),
  value: fc.boolean(),
  parent: fc
    .integer({ min: 0, max: 9 })
    .map((number) => (number === 0 ? '' : `001${String(number).padStart(15, '0')}`)),
});

/** With one value and without repetition, so that the order of all of them is to be seen. */
const siblings = fc
  .uniqueArray(change, { selector: ({ id }) => id })
  .map((changes) => changes.map((one): FlagChange => ({ ...one, value: true })));

async function idsOf(slices: FlagSlices): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const slice of slices) ids.push(...slice.ids.texts());
  return ids;
}

async function all(slices: AsyncIterable<readonly FlagChange[]>): Promise<FlagChange[]> {
  const changes: FlagChange[] = [];
  for await (const slice of slices) changes.push(...slice);
  return changes;
}

async function* slicesOf(changes: readonly FlagChange[]): AsyncGenerator<readonly FlagChange[]> {
  yield await Promise.resolve(changes.slice(0, 3));
  yield changes.slice(3);
}

describe('Given changes', () => {
  it('When they are put aside on disk, Then they come back in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change), async (changes) => {
        const read = await withScratchFolder(async (folder) => {
          const file = new ChangeFile(join(folder, 'changes.csv'));
          for (const one of changes) await file.add(one);
          expect(file.count).toBe(changes.length);
          return all(file.read());
        });
        expect(read).toEqual(changes);
      }),
      { numRuns: 20 },
    );
  });

  it('When they are put in the order of their parents, Then none is lost, and siblings are beside each other', async () => {
    await fc.assert(
      fc.asyncProperty(siblings, async (changes) => {
        const ordered = await withScratchFolder((folder) => idsOf(inParentOrder(slicesOf(changes), folder)));
        const parents = new Map(changes.map(({ id, parent }) => [id, parent]));
        const runs = ordered.filter((id, index) => parents.get(id) !== parents.get(ordered[index - 1] ?? ''));
        expect([...ordered].sort()).toEqual(changes.map(({ id }) => id).sort());
        expect(runs).toHaveLength(new Set(changes.map(({ parent }) => parent)).size);
      }),
      { numRuns: 20 },
    );
  });
});
