import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import type { FlagChange } from './flag-request.js';

const sliceChanges = 2_000;

/** Changes put aside on disk, any number of them, to be read again later. */
export class ChangeFile {
  public readonly path: string;
  #count = 0;
  #stream: WriteStream | null = null;

  public constructor(path: string) {
    this.path = path;
  }

  public get count(): number {
    return this.#count;
  }

  public async add({ id, value, parent = '' }: FlagChange): Promise<void> {
    this.#stream ??= createWriteStream(this.path);
    this.#count += 1;
    if (!this.#stream.write(`${id},${String(value)},${parent}\n`)) await once(this.#stream, 'drain');
  }

  /** All changes in the order of their arrival; nothing can be added from then on. */
  public async *read(): AsyncGenerator<readonly FlagChange[]> {
    if (this.#stream === null) return;
    this.#stream.end();
    await finished(this.#stream);
    let slice: FlagChange[] = [];
    for await (const line of createInterface({ input: createReadStream(this.path) })) {
      const [id = '', value = '', parent = ''] = line.split(',');
      slice.push({ id, value: value === 'true', parent });
      if (slice.length < sliceChanges) continue;
      yield slice;
      slice = [];
    }
    if (slice.length > 0) yield slice;
  }
}
