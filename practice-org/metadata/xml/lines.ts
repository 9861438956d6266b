import type { Position } from '../document.ts';

/** Line starts of a text, to turn an index into a line and a column by bisection. */
export class Lines {
  readonly #starts: readonly number[];

  public constructor(text: string) {
    const starts = [0];
    for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
    this.#starts = starts;
  }

  public at(index: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - (this.#starts[low] ?? 0) + 1 };
  }
}
