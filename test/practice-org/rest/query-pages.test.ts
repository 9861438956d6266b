import { describe, expect, it } from 'vitest';
import { usePracticeServer, type PracticeClient } from '../../support/practice-server.ts';

type Page = {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly { readonly Id: string }[];
};

const base = '/services/data/v66.0';

async function pages(client: PracticeClient, soql: string, batchSize?: number): Promise<readonly Page[]> {
  const headers: Readonly<Record<string, string>> =
    batchSize === undefined ? {} : { 'Sforce-Query-Options': `batchSize=${batchSize}` };
  const all: Page[] = [];
  let next: string | undefined = `${base}/query?q=${encodeURIComponent(soql)}`;
  while (next !== undefined) {
    const { body }: { readonly body: Page } = await client.get<Page>(next, { headers });
    all.push(body);
    next = body.nextRecordsUrl;
  }
  return all;
}

describe('Given a result of 5,000 rows', () => {
  const client = usePracticeServer({ records: 5000 });

  it('when its pages are followed, then every row comes once', async () => {
    const ids = (await pages(client, 'SELECT Id FROM Account')).flatMap((page) =>
      page.records.map((record) => record.Id),
    );
    expect(new Set(ids).size).toBe(5000);
  });

  it('when its pages are followed, then some are shorter than 2,000 rows before the last one', async () => {
    const sizes = (await pages(client, 'SELECT Id FROM Account')).map((page) => page.records.length);
    expect(sizes.slice(0, -1).some((size) => size < 2000)).toBe(true);
  });

  it('when a batch size is asked for, then the first page has it', async () => {
    const [first] = await pages(client, 'SELECT Id FROM Account LIMIT 900', 300);
    expect(first?.records).toHaveLength(300);
  });

  it('when a page is asked for twice, then it is the same', async () => {
    const [first] = await pages(client, 'SELECT Id FROM Account');
    const next = first?.nextRecordsUrl ?? '';
    expect((await client.get(next)).body).toEqual((await client.get(next)).body);
  });

  it('when only the count is asked for, then there are no records', async () => {
    const { body } = await client.get(`${base}/query?q=SELECT+COUNT()+FROM+Account`);
    expect(body).toEqual({ totalSize: 5000, done: true, records: [] });
  });

  it('when a cursor is unknown, then its locator is invalid', async () => {
    const { status, body } = await client.get(`${base}/query/01gAAAAAAAAAAAAAAA-2000`);
    expect([status, body]).toEqual([400, [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }]]);
  });

  it('when columns are asked for, then they are described instead of rows', async () => {
    const { body } = await client.get(`${base}/query?q=SELECT+Id,Owner.Name+FROM+Account&columns=true`);
    expect(body).toMatchObject({
      entityName: 'Account',
      idSelected: true,
      columnMetadata: [{ columnName: 'Id' }, { columnName: 'Owner', joinColumns: [{ columnName: 'Name' }] }],
    });
  });

  it('when the query is missing, then it is malformed', async () => {
    const { body } = await client.get<readonly { readonly errorCode: string }[]>(`${base}/query`);
    expect(body[0]?.errorCode).toBe('MALFORMED_QUERY');
  });
});
