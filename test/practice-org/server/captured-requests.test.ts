import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { usePracticeServer } from '../../support/practice-server.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

/** A request that the stock CLI sent to a stub, as it was recorded. */
type Captured = { readonly n: number; readonly tag: string; readonly url: string; readonly body?: string };

const namespace = 'http://soap.sforce.com/2006/04/metadata';
const asynchronousId = /<(asyncProcessId|validationId)>\w+</;

function capturedSoap(): readonly Captured[] {
  const path = referencePath('wire', 'captures', 'log.jsonl');
  if (path === undefined) return [];
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Captured).filter((request) => request.url.includes('/Soap/m/'));
}

/** Long bodies stand in files of their own. */
function bodyOf({ n, body = '' }: Captured): string {
  const path = referencePath('wire', 'captures', 'bodies', `${String(n).padStart(4, '0')}.req`);
  return path === undefined ? body : readFileSync(path, 'utf8');
}

/** The response element of a SOAP answer as a document of its own. */
function responseOf(envelope: string): string {
  const content = /<soapenv:Body>(.*)<\/soapenv:Body>/s.exec(envelope)?.[1] ?? '';
  const declarations = `xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
  return content.replace(/^<(\w+)/, `<$1 ${declarations}`);
}

describeWithReference('Given SOAP requests exactly as the stock CLI sends them', () => {
  const client = usePracticeServer();

  it('when they are sent in their order, then all but one are answered, validly against the schema', async () => {
    const answers: string[] = [];
    let latestId = '';
    for (const request of capturedSoap()) {
      const body = bodyOf(request)
        .replace(/<sessionId>[^<]*</, `<sessionId>${client.server.accessToken}<`)
        .replace(asynchronousId, `<$1>${latestId}<`);
      const { status, text } = await client.post(request.url, body, {
        token: null,
        headers: { 'Content-Type': 'text/xml', SOAPAction: '""' },
      });
      latestId = /<id>(0(?:Af|9S)\w{15})<\/id>/.exec(text)?.[1] ?? latestId;
      if (status === 200) assertValidMetadata(responseOf(text));
      answers.push(`${request.tag} ${status}`);
    }
    // What was deployed last is no validation, so it cannot be deployed quickly.
    expect(answers.filter((answer) => !answer.endsWith(' 200'))).toEqual(['quick 500']);
  });
});
