import { open } from 'node:fs/promises';
import { IdBlock, idBytes } from '../org/id-block.js';

const blockIds = 2_000;

/** Ids in a file, as their bytes and in their order, to be read when all of them are there. */
export async function putAside(blocks: AsyncIterable<IdBlock>, path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for await (const { bytes } of blocks) await file.appendFile(bytes);
  } finally {
    await file.close();
  }
}

/** Each block until the next one is asked for. */
export async function* idsPutAside(path: string): AsyncGenerator<IdBlock> {
  const file = await open(path);
  const block = new Uint8Array(blockIds * idBytes);
  try {
    for (let position = 0; ;) {
      const { bytesRead } = await file.read(block, 0, block.length, position);
      if (bytesRead === 0) return;
      // An Id that a reading cuts belongs to the next one.
      const whole = bytesRead - (bytesRead % idBytes);
      position += whole;
      yield new IdBlock(block.subarray(0, whole));
    }
  } finally {
    await file.close();
  }
}
