import { IdBlock, idBytes } from '../org/id-block.js';
import type { FlagSlice, FlagSlices } from './flag-request.js';

const encoder = new TextEncoder();

/** Cuts a stream of changes into uploads of a limited size, without holding more than one slice of it. */
export class UploadParts {
  readonly #slices: FlagSlices;
  readonly #header: Uint8Array;
  readonly #mostBytes: number;
  #upcoming: FlagSlice | null = null;
  #rows = 0;

  public constructor(slices: FlagSlices, header: string, mostBytes: number) {
    this.#slices = slices;
    this.#header = encoder.encode(header);
    this.#mostBytes = mostBytes;
  }

  /** Rows handed out so far, all parts together. */
  public get rows(): number {
    return this.#rows;
  }

  public async hasMore(): Promise<boolean> {
    while (this.#upcoming === null || this.#upcoming.ids.length === 0) {
      const next = await this.#slices.next();
      if (next.done === true) return false;
      this.#upcoming = next.value;
    }
    return true;
  }

  /** CSV of the next part, header first. A slice is never cut: a part has one at least. */
  public async *next(): AsyncGenerator<Uint8Array> {
    yield this.#header;
    let bytes = this.#header.length;
    for (let isFirst = true; await this.hasMore(); isFirst = false) {
      const { value, ids } = this.#upcoming ?? nothing;
      const lines = linesOf(ids, encoder.encode(`,${String(value)}\n`));
      if (!isFirst && bytes + lines.length > this.#mostBytes) return;
      this.#upcoming = null;
      this.#rows += ids.length;
      bytes += lines.length;
      yield lines;
    }
  }
}

const nothing: FlagSlice = { value: false, ids: IdBlock.of([]) };

/** Each Id with the same ending. Bytes are set one by one: a view of each Id would be as much garbage as a text. */
function linesOf({ bytes, length }: IdBlock, ending: Uint8Array): Uint8Array {
  const lines = new Uint8Array(length * (idBytes + ending.length));
  let place = 0;
  for (let from = 0; from < bytes.length; from += idBytes) {
    for (let index = 0; index < idBytes; index += 1) lines[place++] = bytes[from + index] ?? 0;
    for (let index = 0; index < ending.length; index += 1) lines[place++] = ending[index] ?? 0;
  }
  return lines;
}
