const unprocessed = 0;
const updated = 1;
const created = 2;
const failed = 3;

export type RowOutcome =
  | { readonly kind: 'unprocessed' }
  | { readonly kind: 'saved'; readonly created: boolean; readonly id: string | undefined }
  | { readonly kind: 'failed'; readonly error: string; readonly id: string | undefined };

/**
 * What became of each row of a job: a byte a row, and text only where the upload itself does not hold it, so that a job of a
 * million updates costs a megabyte.
 */
export class RowOutcomes {
  #codes = new Uint8Array(1024);
  #length = 0;
  readonly #ids = new Map<number, string>();
  readonly #errors = new Map<number, string>();

  public get processed(): number {
    return this.#length;
  }

  public get failedCount(): number {
    return this.#errors.size;
  }

  /** `id` is given where it is not in the uploaded row itself. */
  public save(isNew: boolean, id: string | undefined): void {
    if (id !== undefined) this.#ids.set(this.#length, id);
    this.#append(isNew ? created : updated);
  }

  public fail(error: string): void {
    this.#errors.set(this.#length, error);
    this.#append(failed);
  }

  public at(row: number): RowOutcome {
    const code = row < this.#length ? this.#codes[row] : unprocessed;
    const id = this.#ids.get(row);
    if (code === failed) return { kind: 'failed', error: this.#errors.get(row) ?? '', id };
    if (code === unprocessed) return { kind: 'unprocessed' };
    return { kind: 'saved', created: code === created, id };
  }

  #append(code: number): void {
    if (this.#length === this.#codes.length) {
      const wider = new Uint8Array(this.#codes.length * 2);
      wider.set(this.#codes);
      this.#codes = wider;
    }
    this.#codes[this.#length] = code;
    this.#length += 1;
  }
}
