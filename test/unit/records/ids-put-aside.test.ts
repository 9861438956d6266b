import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IdBlock } from '../../../src/org/id-block.js';
import { idsPutAside, putAside } from '../../../src/records/ids-put-aside.js';
import { withScratchFolder } from '../../../src/records/scratch-folder.js';

const blocks: fc.Arbitrary<readonly number[]> = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 4 });

describe('Given Ids in blocks of any size', () => {
  it('When they are put aside on disk, Then all of them come back in their order', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, async (sizes) => {
        const ids = sizes.map((size, block) =>
          Array.from({ length: size }, (_, index) => `001${block}${String(index).padStart(14, '0')}`),
        );
        const read: string[] = [];
        await withScratchFolder(async (folder) => {
          const path = join(folder, 'some.ids');
          await putAside(streamOf(ids), path);
          for await (const block of idsPutAside(path)) read.push(...block.texts());
        });
        expect(read).toEqual(ids.flat());
      }),
      { numRuns: 20 },
    );
  });
});

async function* streamOf(ids: ReadonlyArray<readonly string[]>): AsyncGenerator<IdBlock> {
  for (const block of ids) yield await Promise.resolve(IdBlock.of(block));
}
