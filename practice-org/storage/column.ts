import type { Value } from './table.ts';

const untouched = 0;
const maximumByteCode = 255;

/**
 * One column of a table. A value that was never written comes from `base` (a pure function of the row: the seed's
 * generator, or the type's empty value); a written one is a code into a dictionary of distinct values. A checkbox ticked on
 * a million rows therefore takes one byte a row, and so does a picklist; columns with many distinct values take four.
 */
export class Column {
  private codes: Uint8Array | Uint32Array = new Uint8Array(0);
  private readonly dictionary: Value[] = [null];
  private readonly codeByValue = new Map<Value, number>();
  private readonly base: (row: number) => Value;

  public constructor(base: (row: number) => Value) {
    this.base = base;
  }

  public get(row: number): Value {
    const code = row < this.codes.length ? this.codes[row] : untouched;
    return code === untouched || code === undefined ? this.base(row) : (this.dictionary[code] ?? null);
  }

  public reader(): (row: number) => Value {
    return (row) => this.get(row);
  }

  /** Returns the code that was there before, for `restore`. */
  public set(row: number, value: Value): number {
    const code = this.codeOf(value);
    this.reserve(row);
    const before = this.codes[row] ?? untouched;
    this.codes[row] = code;
    return before;
  }

  public restore(row: number, code: number): void {
    this.reserve(row);
    this.codes[row] = code;
  }

  private codeOf(value: Value): number {
    const known = this.codeByValue.get(value);
    if (known !== undefined) return known;
    const code = this.dictionary.length;
    this.dictionary.push(value);
    this.codeByValue.set(value, code);
    if (code > maximumByteCode && this.codes instanceof Uint8Array) this.codes = Uint32Array.from(this.codes);
    return code;
  }

  private reserve(row: number): void {
    if (row < this.codes.length) return;
    const length = Math.max(16, row + 1 + (row >> 1));
    const grown = this.codes instanceof Uint8Array ? new Uint8Array(length) : new Uint32Array(length);
    grown.set(this.codes);
    this.codes = grown;
  }
}
