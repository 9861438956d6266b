import { describe, expect, it } from 'vitest';
import { usePracticeServer, type PracticeClient } from '../../support/practice-server.ts';

const jobs = '/services/data/v66.0/jobs/query';

type Job = { readonly id: string; readonly state: string; readonly errorMessage?: string };

async function run(client: PracticeClient, query: string): Promise<Job> {
  const { body } = await client.post<Job>(jobs, { operation: 'query', query });
  const read = async (): Promise<Job> => (await client.get<Job>(`${jobs}/${body.id}`)).body;
  await expect.poll(async () => (await read()).state, { interval: 5 }).toMatch(/^(?:JobComplete|Failed)$/);
  return read();
}

describe('Given a query job', () => {
  const client = usePracticeServer({ records: 20 });

  it('when it is complete, then its rows are CSV in the order of the SELECT list', async () => {
    const { id } = await run(client, 'SELECT owner.name, a.Id, Name FROM Account a ORDER BY Id LIMIT 2');
    const lines = (await client.get(`${jobs}/${id}/results`)).text.split('\n');
    expect([lines[0], lines.length]).toEqual(['"Owner.Name","Id","Name"', 4]);
  });

  it('when its rows are fetched in parts, then the locators lead to every row', async () => {
    const { id } = await run(client, 'SELECT Id FROM Account');
    const rows: string[] = [];
    let locator = '';
    while (locator !== 'null') {
      const more = locator === '' ? '' : `&locator=${locator}`;
      const { text, headers } = await client.get(`${jobs}/${id}/results?maxRecords=7${more}`);
      rows.push(...text.split('\n').slice(1, -1));
      locator = headers.get('sforce-locator') ?? 'null';
    }
    expect(new Set(rows).size).toBe(20);
  });

  it('when it aggregates, then the job fails', async () => {
    const job = await run(client, 'SELECT Rating, COUNT(Id) FROM Account GROUP BY Rating');
    expect(job).toMatchObject({
      state: 'Failed',
      errorMessage: 'FUNCTIONALITY_NOT_ENABLED: Aggregate Relationships not supported in Bulk Query',
    });
  });

  it('when the query is malformed, then there is no job', async () => {
    const { status, body } = await client.post<readonly { readonly errorCode: string }[]>(jobs, {
      operation: 'query',
      query: 'SELECT FROM',
    });
    expect([status, body[0]?.errorCode]).toEqual([400, 'MALFORMED_QUERY']);
  });
});
