import { ReadableStream } from 'node:stream/web';
import { describe, expect, it } from 'vitest';
import { idBlocks } from '../../../src/org/adapter/id-file.js';

describe('Given the file of results of a bulk query', () => {
  it('When it is far larger than what may be in memory, Then none of it stays there', async () => {
    const bytes = new TextEncoder().encode('"001000000000001AAA","false"\n'.repeat(2_000));
    const chunks = 2_000;
    const before = process.memoryUsage.rss();
    let most = 0;
    function* file(): Generator<Uint8Array> {
      yield new TextEncoder().encode('"Id","Flag__c"\n');
      for (let chunk = 0; chunk < chunks; chunk += 1) {
        most = Math.max(most, process.memoryUsage.rss() - before);
        yield bytes.slice();
      }
    }
    let count = 0;
    for await (const block of idBlocks(ReadableStream.from(file()), ['Id', 'Flag__c'])) count += block.length;
    // Left alone, V8 lets 64 MiB of buffers lie.
    expect({ count, isFlat: most < 32 * 1024 * 1024 }).toEqual({ count: chunks * 2_000, isFlat: true });
  });
});
