/** Bytes of a record Id: 18 characters, as the API answers it, all of them ASCII. */
export const idBytes = 18;

const ascii = new TextDecoder('latin1');
const encoder = new TextEncoder();

/**
 * Record Ids as bytes, one after the other, because a text for each of a million Ids is a hundred megabytes of garbage. Whoever
 * reads blocks from a stream has each of them until it asks for the next; `copy` is for keeps.
 */
export class IdBlock {
  public readonly bytes: Uint8Array;
  readonly #ticks: Uint8Array;

  /** `ticks`: a byte for each Id, not 0 where the checkbox that was asked for is ticked; none where none was asked for. */
  public constructor(bytes: Uint8Array, ticks: Uint8Array = new Uint8Array(0)) {
    this.bytes = bytes;
    this.#ticks = ticks;
  }

  public static of(ids: readonly string[]): IdBlock {
    const bytes = new Uint8Array(ids.length * idBytes);
    for (const [index, id] of ids.entries()) {
      if (id.length !== idBytes) throw new RangeError(`"${id}" is not an Id of ${idBytes} characters`);
      encoder.encodeInto(id, bytes.subarray(index * idBytes));
    }
    return new IdBlock(bytes);
  }

  public get length(): number {
    return this.bytes.length / idBytes;
  }

  public at(index: number): string {
    return ascii.decode(this.bytes.subarray(index * idBytes, (index + 1) * idBytes));
  }

  public isTicked(index: number): boolean {
    return (this.#ticks[index] ?? 0) !== 0;
  }

  public texts(): readonly string[] {
    return Array.from({ length: this.length }, (_, index) => this.at(index));
  }

  /** From an index on. */
  public slice(start: number): IdBlock {
    return new IdBlock(this.bytes.subarray(start * idBytes), this.#ticks.subarray(start));
  }

  public copy(): IdBlock {
    return new IdBlock(this.bytes.slice(), this.#ticks.slice());
  }
}
