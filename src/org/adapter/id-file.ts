import { IdBlock, idBytes } from '../id-block.js';
import type { StreamedBody } from './bulk-stream.js';
import { PassingBytes } from './passing-bytes.js';
import { garbage, RequestFailure } from './transport.js';

const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const comma = 0x2c;
const lowerT = 0x74;

/** An Id and its line break: no row is shorter. */
const fewestBytesOfRow = idBytes + 1;

/** More than two API names with their quotes; a page of HTML need not have a line break. */
const mostHeaderBytes = 1_000;

/**
 * Rows of a result file whose columns are the Id, and a checkbox or nothing; each block until the next one is asked for. Whatever
 * has another first line is not the result: a proxy's login page would be a file without rows.
 */
export async function* idBlocks(body: StreamedBody, columns: readonly string[]): AsyncGenerator<IdBlock> {
  const file = new IdFile(columns);
  const passing = new PassingBytes();
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    const block = file.read(chunk);
    passing.add(chunk.length);
    if (block.length > 0) yield block;
  }
  const last = file.end();
  if (last.length > 0) yield last;
}

/**
 * Reads byte by byte, and needs no more of CSV than the places of quotes, commas and line breaks: neither an Id nor a checkbox
 * has any of them inside.
 */
class IdFile {
  readonly #expectedHeader: string;
  #header: number[] = [];
  #ids = new Uint8Array(0);
  #ticks = new Uint8Array(0);
  /** Rows in the block that are complete. */
  #rows = 0;
  #isHeader = true;
  #column = 0;
  /** Of the Id that is being read. */
  #characters = 0;

  public constructor(columns: readonly string[]) {
    this.#expectedHeader = columns.join(',').toLowerCase();
  }

  public read(chunk: Uint8Array): IdBlock {
    // One row may have begun before the chunk, and one may end behind it.
    this.#startBlock(Math.ceil(chunk.length / fewestBytesOfRow) + 2);
    for (let index = 0; index < chunk.length; index += 1) this.#take(chunk[index] ?? 0);
    return this.#block();
  }

  /** What is left when the last row has no line break. */
  public end(): IdBlock {
    this.#startBlock(1);
    if (this.#isHeader || this.#characters > 0) this.#endRow();
    return this.#block();
  }

  /** Room for so many rows; the one that is being read is kept. */
  #startBlock(rows: number): void {
    const ids = rows * idBytes > this.#ids.length ? new Uint8Array(rows * idBytes) : this.#ids;
    const ticks = rows > this.#ticks.length ? new Uint8Array(rows) : this.#ticks;
    const begun = this.#rows * idBytes;
    ids.set(this.#ids.subarray(begun, begun + this.#characters));
    ticks[0] = this.#ticks[this.#rows] ?? 0;
    ticks.fill(0, 1);
    this.#ids = ids;
    this.#ticks = ticks;
    this.#rows = 0;
  }

  #block(): IdBlock {
    return new IdBlock(this.#ids.subarray(0, this.#rows * idBytes), this.#ticks.subarray(0, this.#rows));
  }

  #take(byte: number): void {
    if (byte === newline) this.#endRow();
    else if (this.#isHeader) this.#takeOfHeader(byte);
    else if (byte === comma) this.#column += 1;
    else if (byte === quote || byte === carriageReturn) return;
    else if (this.#column === 0) this.#takeOfId(byte);
    // "false" has no t.
    else if (byte === lowerT) this.#ticks[this.#rows] = 1;
  }

  #takeOfHeader(byte: number): void {
    this.#header.push(byte);
    if (this.#header.length > mostHeaderBytes) this.#refuseHeader();
  }

  #checkHeader(): void {
    const header = this.#headerText().replaceAll('"', '').trim().toLowerCase();
    if (header !== this.#expectedHeader) this.#refuseHeader();
  }

  #refuseHeader(): never {
    const text = this.#headerText();
    throw new RequestFailure(garbage(text.trim() === '' ? 'a file without a line that names its columns' : text));
  }

  #headerText(): string {
    return new TextDecoder().decode(Uint8Array.from(this.#header));
  }

  #takeOfId(byte: number): void {
    if (this.#characters < idBytes) this.#ids[this.#rows * idBytes + this.#characters] = byte;
    this.#characters += 1;
  }

  #endRow(): void {
    if (this.#isHeader) this.#checkHeader();
    else if (this.#characters > 0) {
      if (this.#characters !== idBytes) throw new RequestFailure(garbage(`an Id of ${this.#characters} characters`));
      this.#rows += 1;
    }
    this.#isHeader = false;
    this.#column = 0;
    this.#characters = 0;
  }
}
