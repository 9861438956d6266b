/** A number from 0 up to and without the bound, each as likely as the others. */
export type RandomIndex = (bound: number) => number;

/**
 * A sample of a stream of unknown length in which every element is as likely as every other (Vitter, "Random Sampling with a
 * Reservoir", algorithm R). Memory holds the sample alone.
 */
export class Reservoir<T> {
  readonly #size: number;
  readonly #random: RandomIndex;
  readonly #kept: T[] = [];
  #seen = 0;

  public constructor(size: number, random: RandomIndex) {
    this.#size = size;
    this.#random = random;
  }

  public offer(item: T): void {
    this.#seen += 1;
    if (this.#kept.length < this.#size) {
      this.#kept.push(item);
      return;
    }
    const place = this.#random(this.#seen);
    if (place < this.#size) this.#kept[place] = item;
  }

  public get sample(): readonly T[] {
    return this.#kept;
  }

  public get seen(): number {
    return this.#seen;
  }
}

/**
 * The share of rows below which the true share lies with the given confidence, when a random sample of `size` shows none:
 * exact binomial bound 1 − α^(1/n), about 3/n at 95 %.
 */
export function upperBound(size: number, confidence = 0.95): number {
  return size === 0 ? 1 : 1 - (1 - confidence) ** (1 / size);
}
