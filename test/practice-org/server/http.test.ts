import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { usePracticeServer } from '../../support/practice-server.ts';

const base = '/services/data/v66.0';

describe('Given a practice server', () => {
  const client = usePracticeServer();

  it('when an address begins with two slashes, then they count as one', async () => {
    expect((await client.get('//services/data/v66.0/limits')).status).toBe(200);
  });

  it('when the versions are asked for, then no session is needed and the last one is the newest', async () => {
    const { body } = await client.get<readonly { readonly version: string }[]>('/services/data', { token: null });
    expect(body.at(-1)).toEqual({ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' });
  });

  it.each(['v50.0', 'v58.0', 'v66.0'])('when %s is used, then it answers in that version', async (version) => {
    const { body } = await client.get<Record<string, string>>(`/services/data/${version}`);
    expect(body['sobjects']).toBe(`/services/data/${version}/sobjects`);
  });

  it('when a resource is unknown, then it does not exist', async () => {
    const { status, body } = await client.get(`${base}/nonsense`);
    expect([status, body]).toEqual([
      404,
      [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
    ]);
  });

  it('when a method is not supported, then the allowed ones are named', async () => {
    const { status, body } = await client.send('PUT', `${base}/composite`);
    expect([status, body]).toEqual([
      405,
      [{ message: "HTTP Method 'PUT' not allowed. Allowed are POST", errorCode: 'METHOD_NOT_ALLOWED' }],
    ]);
  });

  it('when the address is longer than 16,384 bytes, then it is refused with 414', async () => {
    expect((await client.get(`${base}/query?q=${'x'.repeat(16_400)}`)).status).toBe(414);
  });

  it('when address and headers together are longer than that, then they are refused with 431', async () => {
    const headers = { 'X-Long': 'x'.repeat(9000) };
    expect((await client.get(`${base}/query?q=${'x'.repeat(9000)}`, { headers })).status).toBe(431);
  });

  it('when the body is compressed, then it is read', async () => {
    const body = gzipSync(JSON.stringify({ LastName: 'Compressed' }));
    const { status } = await client.post(`${base}/sobjects/Contact`, body, { headers: { 'Content-Encoding': 'gzip' } });
    expect(status).toBe(201);
  });

  it('when the body is not JSON, then the parser says so', async () => {
    const { status, body } = await client.post<readonly { readonly errorCode: string }[]>(
      `${base}/sobjects/Contact`,
      '{"LastName":',
    );
    expect([status, body[0]?.errorCode]).toEqual([400, 'JSON_PARSER_ERROR']);
  });

  it('when it answers, then it tells how many API calls are used', async () => {
    expect((await client.get(`${base}/limits`)).headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/\d+$/);
  });
});
