import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReadableStream } from 'node:stream/web';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  csvRows,
  csvRowsWith,
  fetchStream,
  incomplete,
  slicesOfFile,
  type Rows,
  type StreamedBody,
} from '../../../src/org/adapter/bulk-stream.js';
import { idBlocks } from '../../../src/org/adapter/id-file.js';
import type { StreamedAnswer } from '../../../src/org/adapter/proxied-fetch.js';
import { RequestFailure } from '../../../src/org/adapter/transport.js';

const ids = Array.from({ length: 20_000 }, (_, row) => `001${String(row).padStart(15, '0')}`);
const lines = ['Id', ...ids].map((id) => `"${id}"\n`);
const file = lines.join('');

type Answer = (response: ServerResponse) => void;

const whole: Answer = (response) => response.end(file);
const brokenAfter =
  (bytes: number): Answer =>
  (response) => {
    response.setHeader('content-length', file.length);
    response.write(file.slice(0, bytes), () => response.destroy());
  };
/** The connection is closed in good order, but the rows are not all there. */
const shortened =
  (rows: number): Answer =>
  (response) => {
    response.setHeader('sforce-numberofrecords', ids.length);
    response.end(lines.slice(0, rows + 1).join(''));
  };
const loginPage: Answer = (response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<html>login</html>');
};
const unavailable: Answer = (response) => {
  response.statusCode = 503;
  response.end('Service Unavailable');
};

describe('Given a result file that arrives over a connection', () => {
  let server: Server;
  let answers: Answer[];
  let requests: number;

  beforeEach(async () => {
    requests = 0;
    server = createServer((_, response) => {
      requests += 1;
      (answers.shift() ?? whole)(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = async <R extends Rows<R>, T>(
    reader: (body: StreamedBody) => AsyncIterable<R>,
    rowsOf: (slice: R) => readonly T[],
  ): Promise<readonly T[]> => {
    const { port } = server.address() as AddressInfo;
    const connection = { instanceUrl: `http://127.0.0.1:${port}`, accessToken: '00D!x', getApiVersion: () => '66.0' };
    const transport = { connection, readRetryDelaysMs: [0, 1, 2] };
    const all: T[] = [];
    for await (const slice of slicesOfFile(transport, '/file', reader, announced)) all.push(...rowsOf(slice));
    return all;
  };
  const announced = (rows: number, { headers }: StreamedAnswer): void => {
    const all = Number(headers.get('sforce-numberofrecords') ?? rows);
    if (rows !== all) throw incomplete(rows, all);
  };
  const readIds = (): Promise<readonly string[]> =>
    read(
      (body) => idBlocks(body, ['Id']),
      (block) => block.texts(),
    );

  it.each([
    ['comes in one piece', []],
    ['breaks off before its first byte', [brokenAfter(0)]],
    ['breaks off in the middle of a row', [brokenAfter(100_007)]],
    ['breaks off twice, later each time', [brokenAfter(50_003), brokenAfter(200_011)]],
    ['is unavailable for a moment', [unavailable]],
    ['is a login page at first', [loginPage]],
    ['is empty at first', [shortened(-1)]],
    ['has its header only at first', [shortened(0)]],
    ['has too few rows, more each time', [shortened(7), shortened(5_000), shortened(19_999)]],
  ])('When it %s, Then every row is read once, in its order', async (_, given) => {
    answers = [...given];
    expect(await readIds()).toEqual(ids);
  });

  it('When rows of several columns break off, Then every row is read once, in its order', async () => {
    answers = [brokenAfter(100_007)];
    expect(await read(csvRows, (rows) => rows)).toEqual(['Id', ...ids].map((id) => [id]));
  });

  it('When failed rows are a login page at first, Then they are asked for again', async () => {
    answers = [loginPage, (response) => response.end('"sf__Id","sf__Error","Id"\n"1","X:y","1"\n')];
    const rows = await read(
      (body) => csvRowsWith(body, ['sf__Id', 'sf__Error']),
      (slice) => slice,
    );
    expect(rows).toEqual([
      ['sf__Id', 'sf__Error', 'Id'],
      ['1', 'X:y', '1'],
    ]);
  });

  it.each([
    ['a login page', loginPage, '<html>login</html>'],
    ['short of rows', shortened(100), '100 rows of a result of 20000'],
    ['empty', shortened(-1), 'a file without a line that names its columns'],
  ])('When it is %s every time, Then a failure says what came instead', async (_, answer, message) => {
    answers = Array.from({ length: 10 }, () => answer);
    await expect(readIds()).rejects.toMatchObject({ failure: { kind: 'garbage', message } });
  });

  it.each([
    ['a login page', loginPage],
    ['another file', (response: ServerResponse) => response.end('sf__Id,Id\n1,1\n')],
    ['empty', (response: ServerResponse) => response.end()],
    ['no CSV', (response: ServerResponse) => response.end('a"b\n"')],
  ] satisfies readonly (readonly [string, Answer])[])(
    'When failed rows are %s every time, Then a failure tells so',
    async (_, answer) => {
      answers = Array.from({ length: 10 }, () => answer);
      const rows = read(
        (body) => csvRowsWith(body, ['sf__Id', 'sf__Error']),
        (slice) => slice,
      );
      await expect(rows).rejects.toMatchObject({ failure: { kind: 'garbage' } });
    },
  );

  it('When it never comes, Then a named failure tells so, and not for ever is it asked for', async () => {
    answers = Array.from({ length: 10 }, () => unavailable);
    await expect(readIds()).rejects.toBeInstanceOf(RequestFailure);
    expect(requests).toBe(4);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('Given an upload far larger than what may be in memory', () => {
  const pieceBytes = 256 * 1024;
  const pieces = 64;
  let server: Server;
  let received: number;

  beforeEach(async () => {
    received = 0;
    server = createServer((request: IncomingMessage, response) => {
      request.on('data', (piece: Buffer) => (received += piece.length)).on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('When it is sent, Then all of it arrives, and what was sent is not kept', async () => {
    const { port } = server.address() as AddressInfo;
    const connection = { instanceUrl: `http://127.0.0.1:${port}`, accessToken: '00D!x', getApiVersion: () => '66.0' };
    const sent: Array<WeakRef<Uint8Array>> = [];
    let most = 0;
    function* rows(): Generator<Uint8Array> {
      for (let piece = 0; piece < pieces; piece += 1) {
        collectGarbage();
        most = Math.max(most, sent.filter((row) => row.deref() !== undefined).length);
        const row = new Uint8Array(pieceBytes);
        sent.push(new WeakRef(row));
        yield row;
      }
    }
    await fetchStream({ connection }, '/file', { method: 'PUT', body: ReadableStream.from(rows()), duplex: 'half' });
    expect({ received, isKept: most > pieces / 2 }).toEqual({ received: pieces * pieceBytes, isKept: false });
  });
});
