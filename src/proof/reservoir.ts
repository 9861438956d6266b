/** A number from 0 up to and without the bound, each as likely as the others. */
export type RandomIndex = (bound: number) => number;

/** Steps between 0 and 1: as many as `randomInt` of node:crypto can tell apart, nearly. */
const steps = 2 ** 47;

/**
 * A sample of a stream of unknown length in which every element is as likely as every other. Instead of a random number for each
 * element, it takes a few for each that is drawn, and for how many are passed over until then (Li, "Reservoir-Sampling Algorithms
 * of Time Complexity O(n(1 + log(N/n)))", 1994, algorithm L). Memory holds the sample alone.
 */
export class Reservoir<T> {
  readonly #size: number;
  readonly #random: RandomIndex;
  readonly #kept: T[] = [];
  #seen = 0;
  /** The number of the next element that is drawn. */
  #next = 1;
  /** As if every element had a random number and those with the smallest ones were the sample: the largest number in it. */
  #threshold = 1;

  public constructor(size: number, random: RandomIndex) {
    this.#size = size;
    this.#random = random;
  }

  /** Goes on by one element, and tells whether it is drawn: then it must be kept before the next one. */
  public draws(): boolean {
    this.#seen += 1;
    return this.#seen === this.#next;
  }

  public keep(item: T): void {
    const isFilling = this.#kept.length < this.#size;
    this.#kept[isFilling ? this.#kept.length : this.#random(this.#size)] = item;
    this.#next += this.#kept.length < this.#size ? 1 : this.#step();
  }

  public get sample(): readonly T[] {
    return this.#kept;
  }

  #step(): number {
    this.#threshold *= Math.exp(Math.log(this.#fraction()) / this.#size);
    return 1 + Math.floor(Math.log(this.#fraction()) / Math.log1p(-this.#threshold));
  }

  /** Above 0 and below 1. */
  #fraction(): number {
    return (this.#random(steps) + 0.5) / steps;
  }
}

/**
 * The share of rows below which the true share lies with the given confidence, when a random sample of `size` shows none:
 * exact binomial bound 1 − α^(1/n), about 3/n at 95 %.
 */
export function upperBound(size: number, confidence = 0.95): number {
  return size === 0 ? 1 : 1 - (1 - confidence) ** (1 / size);
}
