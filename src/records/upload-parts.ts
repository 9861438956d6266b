import type { FlagSlice, FlagSlices } from './flag-request.js';

/** Cuts a stream of changes into uploads of a limited size, without holding more than one slice of it. */
export class UploadParts {
  readonly #slices: FlagSlices;
  readonly #header: string;
  readonly #mostBytes: number;
  #upcoming: FlagSlice | null = null;
  #rows = 0;

  public constructor(slices: FlagSlices, header: string, mostBytes: number) {
    this.#slices = slices;
    this.#header = header;
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

  /** CSV lines of the next part, header first. A slice is never cut: a part has one at least. */
  public async *next(): AsyncGenerator<string> {
    yield this.#header;
    let bytes = this.#header.length;
    for (let isFirst = true; await this.hasMore(); isFirst = false) {
      const { value, ids } = this.#upcoming ?? nothing;
      // Ids and values are plain ASCII, a byte a character.
      const ending = `,${String(value)}\n`;
      const lines = ids.join(ending) + ending;
      if (!isFirst && bytes + lines.length > this.#mostBytes) return;
      this.#upcoming = null;
      this.#rows += ids.length;
      bytes += lines.length;
      yield lines;
    }
  }
}

const nothing: FlagSlice = { value: false, ids: [] };
