import { IdBlock, idBytes } from '../org/id-block.js';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** By character code. */
const digitValues = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, digits.indexOf(String.fromCharCode(code))),
);
/** Of the 15 significant characters, as many as a double holds exactly; the others hardly differ within an object. */
const numberDigits = 8;
const significant = 15;
const mostFull = 0.6;
/** Below 2^32. */
const largestPrime = 4_294_967_291;

const encoder = new TextEncoder();

/** Many record Ids in 13 bytes each and less than twice that while it grows: a Set of texts takes ten times as much. */
export class IdSet {
  readonly #byLead = new Map<number, NumberSet>();
  readonly #single = new Uint8Array(idBytes);
  #size = 0;

  public get size(): number {
    return this.#size;
  }

  /** False where the Id was in the set already. Ids of 15 and of 18 characters are the same. */
  public add(id: string): boolean {
    encoder.encodeInto(id, this.#single);
    return this.#addAt(this.#single, 0);
  }

  public addAll({ bytes }: IdBlock): void {
    for (let start = 0; start < bytes.length; start += idBytes) this.#addAt(bytes, start);
  }

  /** The Ids of a block that are not in the set. */
  public othersOf({ bytes }: IdBlock): IdBlock {
    const others = new Uint8Array(bytes.length);
    let end = 0;
    for (let start = 0; start < bytes.length; start += idBytes) {
      if (this.#hasAt(bytes, start)) continue;
      for (let index = 0; index < idBytes; index += 1) others[end++] = bytes[start + index] ?? 0;
    }
    return new IdBlock(others.subarray(0, end));
  }

  #addAt(bytes: Uint8Array, start: number): boolean {
    const lead = leadAt(bytes, start);
    let numbers = this.#byLead.get(lead);
    if (numbers === undefined) {
      numbers = new NumberSet();
      this.#byLead.set(lead, numbers);
    }
    const isNew = numbers.add(numberAt(bytes, start));
    if (isNew) this.#size += 1;
    return isNew;
  }

  #hasAt(bytes: Uint8Array, start: number): boolean {
    return this.#byLead.get(leadAt(bytes, start))?.has(numberAt(bytes, start)) ?? false;
  }
}

function leadAt(bytes: Uint8Array, start: number): number {
  return valueOf(bytes, start, start + significant - numberDigits);
}

/** From 1 on, because 0 marks a free place. */
function numberAt(bytes: Uint8Array, start: number): number {
  return valueOf(bytes, start + significant - numberDigits, start + significant) + 1;
}

function valueOf(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index += 1) {
    value = value * digits.length + (digitValues[bytes[index] ?? 0] ?? 0);
  }
  return value;
}

/** Open addressing with linear probing. */
class NumberSet {
  #places = new Float64Array(1024);
  #size = 0;

  public has(number: number): boolean {
    return this.#places[this.#placeOf(number)] === number;
  }

  public add(number: number): boolean {
    const place = this.#placeOf(number);
    if (this.#places[place] === number) return false;
    this.#places[place] = number;
    this.#size += 1;
    if (this.#size > this.#places.length * mostFull) this.#grow();
    return true;
  }

  /** Where the number is, or where it would be put. */
  #placeOf(number: number): number {
    const mask = this.#places.length - 1;
    // Multiplicative hashing: the upper bits of the product spread even what differs in a few digits only.
    let place = Math.imul(number % largestPrime, 0x9e3779b1) >>> (Math.clz32(mask + 1) + 1);
    while (this.#places[place] !== 0 && this.#places[place] !== number) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const numbers = this.#places;
    this.#places = new Float64Array(numbers.length * 2);
    for (const number of numbers) if (number !== 0) this.#places[this.#placeOf(number)] = number;
  }
}
