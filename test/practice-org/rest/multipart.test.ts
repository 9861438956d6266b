import { describe, expect, it } from 'vitest';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import { multipartParts } from '../../../practice-org/rest/multipart.ts';

async function encoded(form: FormData): Promise<{ readonly bytes: Buffer; readonly type: string }> {
  const request = new Request('http://localhost', { method: 'POST', body: form });
  return { bytes: Buffer.from(await request.arrayBuffer()), type: request.headers.get('content-type') ?? '' };
}

describe('Given a multipart body', () => {
  it('when a part holds binary data with line breaks, then it is read byte by byte', async () => {
    const binary = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10]);
    const form = new FormData();
    form.append('json', '{"a":1}');
    form.append('file', new Blob([binary]), 'package.zip');
    const { bytes, type } = await encoded(form);
    expect(multipartParts(bytes, type)).toEqual([
      { name: 'json', content: Buffer.from('{"a":1}') },
      { name: 'file', content: binary },
    ]);
  });

  it('when the boundary is missing, then it is refused', () => {
    expect(() => multipartParts(Buffer.alloc(0), 'multipart/form-data')).toThrow(SalesforceError);
  });
});
