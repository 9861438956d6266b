import fc from 'fast-check';
import { ReadableStream } from 'node:stream/web';
import { describe, expect, it } from 'vitest';
import { idBlocks } from '../../../src/org/adapter/id-file.js';
import { RequestFailure } from '../../../src/org/adapter/transport.js';

type Row = { readonly id: string; readonly isTicked: boolean };
type Format = {
  readonly quote: '"' | '';
  readonly lineEnd: '\n' | '\r\n';
  readonly hasFlag: boolean;
  readonly isEnded: boolean;
};

const rows = fc.array(fc.record({ id: fc.stringMatching(/^[0-9A-Za-z]{18}$/), isTicked: fc.boolean() }), {
  maxLength: 40,
});
const formats: fc.Arbitrary<Format> = fc.record({
  quote: fc.constantFrom('"', ''),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  hasFlag: fc.boolean(),
  isEnded: fc.boolean(),
});
const flagged = ['Id', 'Send_to_HubSpot__c'];
const chunkSizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 10 });

function fileOf(given: readonly Row[], { quote, lineEnd, hasFlag, isEnded }: Format): string {
  const line = (cells: readonly string[]): string => cells.map((cell) => `${quote}${cell}${quote}`).join(',');
  const header = line(hasFlag ? ['Id', 'Send_to_HubSpot__c'] : ['Id']);
  const lines = given.map(({ id, isTicked }) => line(hasFlag ? [id, String(isTicked)] : [id]));
  return [header, ...lines].join(lineEnd) + (isEnded ? lineEnd : '');
}

/** The text in chunks of these sizes, over and over. */
function* chunksOf(text: string, sizes: readonly number[]): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0, index = 0; start < bytes.length; index += 1) {
    const end = start + (sizes[index % sizes.length] ?? 1);
    yield bytes.slice(start, end);
    start = end;
  }
}

async function read(text: string, sizes: readonly number[], columns = ['Id']): Promise<readonly Row[]> {
  const all: Row[] = [];
  for await (const block of idBlocks(ReadableStream.from(chunksOf(text, sizes)), columns)) {
    all.push(...block.texts().map((id, index) => ({ id, isTicked: block.isTicked(index) })));
  }
  return all;
}

describe('Given a result file of Ids, with a checkbox or without', () => {
  it('When it arrives in any pieces, with quotes or without, Then each row is read as it is', async () => {
    await fc.assert(
      fc.asyncProperty(rows, formats, chunkSizes, async (given, format, sizes) => {
        const expected = given.map(({ id, isTicked }) => ({ id, isTicked: format.hasFlag && isTicked }));
        expect(await read(fileOf(given, format), sizes, format.hasFlag ? flagged : ['Id'])).toEqual(expected);
      }),
    );
  });

  it('When a block is passed over in part, Then what is left of it is the same rows', async () => {
    const text = 'Id,Flag__c\n001000000000001AAA,true\n001000000000002AAA,false\n001000000000003AAA,true\n';
    const left: (readonly [readonly string[], boolean])[] = [];
    for await (const block of idBlocks(ReadableStream.from(chunksOf(text, [1_000])), ['Id', 'Flag__c'])) {
      const rest = block.slice(2);
      left.push([rest.copy().texts(), rest.isTicked(0)]);
    }
    expect(left).toEqual([[['001000000000003AAA'], true]]);
  });

  it.each(['Id\n', '"Id"', '"id"\r\n', 'ID\n'])(
    'When there is nothing in it but its header %j, Then nothing is read',
    async (text) => {
      expect(await read(text, [1])).toEqual([]);
    },
  );

  it.each([
    ['ends within an Id', 'Id\n001000000000001AAA\n0010000000'],
    ['is no result at all', '<html>\n<body>Service Unavailable</body>\n'],
    ['is a page of one line', '<html>login</html>'],
    ['is a page of one long line', `<html>${'x'.repeat(5_000)}</html>`],
    ['is empty', ''],
    ['begins with an empty line', '\nId\n001000000000001AAA\n'],
    ['has no header', '001000000000001AAA\n001000000000002AAA\n'],
    ['has one column too many', 'Id,Name\n001000000000001AAA,x\n'],
    ['has another column', 'Name\n001000000000001AAA\n'],
    ['has Ids of 15 characters', 'Id\n001000000000001\n'],
  ])('When it %s, Then it counts as an answer that cannot be read', async (_, text) => {
    await expect(read(text, [7])).rejects.toBeInstanceOf(RequestFailure);
  });
});
