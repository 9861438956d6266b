import type { FlagChange } from './flag-request.js';

/** Cuts a stream of changes into uploads of a limited size, without holding more than one slice of it. */
export class UploadParts {
  readonly #slices: AsyncGenerator<readonly FlagChange[]>;
  readonly #header: string;
  readonly #mostBytes: number;
  #upcoming: readonly FlagChange[] | null = null;
  #rows = 0;

  public constructor(slices: AsyncGenerator<readonly FlagChange[]>, header: string, mostBytes: number) {
    this.#slices = slices;
    this.#header = header;
    this.#mostBytes = mostBytes;
  }

  /** Rows handed out so far, all parts together. */
  public get rows(): number {
    return this.#rows;
  }

  public async hasMore(): Promise<boolean> {
    while (this.#upcoming === null || this.#upcoming.length === 0) {
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
      const slice = this.#upcoming ?? [];
      // Ids and values are plain ASCII, a byte a character.
      const lines = slice.map(({ id, value }) => `${id},${String(value)}\n`).join('');
      if (!isFirst && bytes + lines.length > this.#mostBytes) return;
      this.#upcoming = null;
      this.#rows += slice.length;
      bytes += lines.length;
      yield lines;
    }
  }
}
