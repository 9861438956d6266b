import { describe, expect, it } from 'vitest';
import { usePracticeServer, type PracticeClient } from '../../support/practice-server.ts';

type Job = {
  readonly id: string;
  readonly state: string;
  readonly numberRecordsProcessed: number;
  readonly numberRecordsFailed: number;
  readonly errorMessage?: string;
};

const jobs = '/services/data/v66.0/jobs/ingest';
const csvHeaders = { 'Content-Type': 'text/csv' };

async function openJob(client: PracticeClient, description: Readonly<Record<string, unknown>>): Promise<string> {
  return (await client.post<Job>(jobs, { object: 'Account', operation: 'update', ...description })).body.id;
}

async function ended(client: PracticeClient, id: string): Promise<Job> {
  const read = async (): Promise<Job> => (await client.get<Job>(`${jobs}/${id}`)).body;
  await expect.poll(async () => (await read()).state, { interval: 5 }).toMatch(/^(?:JobComplete|Failed|Aborted)$/);
  return read();
}

async function run(client: PracticeClient, description: Readonly<Record<string, unknown>>, csv: string): Promise<Job> {
  const id = await openJob(client, description);
  await client.send('PUT', `${jobs}/${id}/batches`, { body: csv, headers: csvHeaders });
  await client.send('PATCH', `${jobs}/${id}`, { body: { state: 'UploadComplete' } });
  return ended(client, id);
}

async function resultsOf(client: PracticeClient, id: string, kind: string): Promise<readonly string[]> {
  return (await client.get(`${jobs}/${id}/${kind}`)).text.split('\n').filter((line) => line !== '');
}

async function accountIds(client: PracticeClient, count: number): Promise<readonly string[]> {
  const rows = await client.query<{ readonly Id: string }>(`SELECT Id FROM Account ORDER BY Id LIMIT ${count}`);
  return rows.map((row) => row.Id);
}

describe('Given an ingest job', () => {
  const client = usePracticeServer({ records: 50 });

  it('when it is created, then it is open and says where its data goes', async () => {
    const { body } = await client.post(jobs, { object: 'Account', operation: 'insert', lineEnding: 'LF' });
    expect(body).toMatchObject({
      operation: 'insert',
      object: 'Account',
      state: 'Open',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 66,
      contentUrl: expect.stringMatching(/^services\/data\/v66\.0\/jobs\/ingest\/750\w{15}\/batches$/) as string,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
  });

  it('when rows are updated, then each is counted and changed', async () => {
    const ids = await accountIds(client, 3);
    const job = await run(client, {}, `Id,Rating\n${ids.map((id) => `${id},Hot\n`).join('')}`);
    expect([job, await client.query(`SELECT Rating FROM Account WHERE Id IN ('${ids.join("','")}')`)]).toMatchObject([
      { state: 'JobComplete', numberRecordsProcessed: 3, numberRecordsFailed: 0 },
      [{ Rating: 'Hot' }, { Rating: 'Hot' }, { Rating: 'Hot' }],
    ]);
  });

  it('when one row fails, then it alone is in the failed results, with its error', async () => {
    const [id = ''] = await accountIds(client, 1);
    const job = await run(client, {}, `Id,Rating\n${id},Warm\n001000000000000AAA,Warm\n`);
    expect(await resultsOf(client, job.id, 'failedResults')).toEqual([
      '"sf__Id","sf__Error","Id","Rating"',
      expect.stringMatching(/^"001000000000000AAA","[A-Z_]+:.*--","001000000000000AAA","Warm"$/) as string,
    ]);
  });

  it('when rows are inserted, then the successful results have their new Ids', async () => {
    const job = await run(client, { operation: 'insert' }, 'Name,Rating\nBulk one,Hot\n"Bulk, two",\n');
    expect(await resultsOf(client, job.id, 'successfulResults')).toEqual([
      '"sf__Id","sf__Created","Name","Rating"',
      expect.stringMatching(/^"001\w{15}","true","Bulk one","Hot"$/) as string,
      expect.stringMatching(/^"001\w{15}","true","Bulk, two",""$/) as string,
    ]);
  });

  it('when rows are deleted, then they are gone', async () => {
    await run(client, { operation: 'insert' }, 'Name\nBulk gone\n');
    const [row] = await client.query<{ readonly Id: string }>("SELECT Id FROM Account WHERE Name = 'Bulk gone'");
    await run(client, { operation: 'delete' }, `Id\n${row?.Id ?? ''}\n`);
    expect(await client.query("SELECT Id FROM Account WHERE Name = 'Bulk gone'")).toEqual([]);
  });

  it('when a cell is empty, then the field stays; when it is #N/A, then it is emptied', async () => {
    const [first = '', second = ''] = await accountIds(client, 2);
    await run(client, {}, `Id,Site,Rating\n${first},here,Hot\n${second},here,Hot\n`);
    await run(client, {}, `Id,Site,Rating\n${first},,Cold\n${second},#N/A,Cold\n`);
    expect(
      await client.query(`SELECT Site FROM Account WHERE Id IN ('${first}','${second}') ORDER BY Id`),
    ).toMatchObject([{ Site: 'here' }, { Site: null }]);
  });

  it('when a column is unknown, then the job fails', async () => {
    const job = await run(client, {}, 'Id,Nonsense__c\n001000000000000AAA,x\n');
    expect(job).toMatchObject({
      state: 'Failed',
      errorMessage: 'InvalidBatch : Field name not found : Nonsense__c',
    });
  });

  it('when its line endings are others than announced, then the job fails', async () => {
    const job = await run(client, {}, 'Id,Rating\r\n001000000000000AAA,Hot\r\n');
    expect(job).toMatchObject({
      state: 'Failed',
      errorMessage: 'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    });
  });

  it('when other delimiters and line endings are announced, then they are used', async () => {
    const [id = ''] = await accountIds(client, 1);
    const description = { columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' };
    expect(await run(client, description, `Id;Rating\r\n${id};Hot\r\n`)).toMatchObject({ numberRecordsFailed: 0 });
  });

  it('when data is sent twice, then the second time is refused', async () => {
    const id = await openJob(client, {});
    await client.send('PUT', `${jobs}/${id}/batches`, { body: 'Id\n', headers: csvHeaders });
    const { status, text } = await client.send('PUT', `${jobs}/${id}/batches`, { body: 'Id\n', headers: csvHeaders });
    expect([status, text]).toEqual([400, expect.stringContaining('Found multiple contents for job')]);
  });

  it('when it is aborted before it is closed, then every row is unprocessed', async () => {
    const id = await openJob(client, {});
    await client.send('PUT', `${jobs}/${id}/batches`, { body: 'Id,Rating\n001x,Hot\n', headers: csvHeaders });
    await client.send('PATCH', `${jobs}/${id}`, { body: { state: 'Aborted' } });
    expect(await resultsOf(client, id, 'unprocessedrecords')).toEqual(['"Id","Rating"', '"001x","Hot"']);
  });

  it('when it is aborted while it runs, then the rows it had not reached are unprocessed', async () => {
    const id = await openJob(client, { operation: 'insert' });
    const rows = Array.from({ length: 20_000 }, (_, number) => `Aborted ${number}\n`);
    await client.send('PUT', `${jobs}/${id}/batches`, { body: `Name\n${rows.join('')}`, headers: csvHeaders });
    await client.send('PATCH', `${jobs}/${id}`, { body: { state: 'UploadComplete' } });
    await client.send('PATCH', `${jobs}/${id}`, { body: { state: 'Aborted' } });
    const [saved, left] = [
      await resultsOf(client, id, 'successfulResults'),
      await resultsOf(client, id, 'unprocessedrecords'),
    ];
    expect([(await ended(client, id)).state, left.length > 1, saved.length + left.length]).toEqual([
      'Aborted',
      true,
      rows.length + 2,
    ]);
  });

  it('when data comes with the job in one request, then it is closed at once', async () => {
    const form = new FormData();
    const job = JSON.stringify({ object: 'Account', operation: 'insert', contentType: 'CSV' });
    form.append('job', new Blob([job], { type: 'application/json' }));
    form.append('content', new Blob(['Name\nIn one request\n'], { type: 'text/csv' }), 'content');
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const headers = { 'Content-Type': request.headers.get('content-type') ?? '' };
    const { body } = await client.post<Job>(jobs, new Uint8Array(await request.arrayBuffer()), { headers });
    await ended(client, body.id);
    expect(await client.query("SELECT Id FROM Account WHERE Name = 'In one request'")).toHaveLength(1);
  });

  it('when rows are locked by a fault, then exactly those rows fail', async () => {
    const ids = await accountIds(client, 4);
    await client.post('/__practice__/faults', [{ errorCode: 'UNABLE_TO_LOCK_ROW', body: ids[1] ?? '', times: 1 }]);
    const job = await run(client, {}, `Id,Rating\n${ids.map((id) => `${id},Hot\n`).join('')}`);
    expect(await resultsOf(client, job.id, 'failedResults')).toEqual([
      '"sf__Id","sf__Error","Id","Rating"',
      `"${ids[1]}","UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 records: ${ids[1]}:--","${ids[1]}","Hot"`,
    ]);
  });

  it('when group members are loaded, then the job fails', async () => {
    const job = await run(client, { object: 'GroupMember', operation: 'insert' }, 'GroupId\nx\n');
    expect(job.errorMessage).toBe('InvalidJob : No create/update access for object:GroupMember');
  });

  it('when it has ended, then its changes stand on the request that closed it', async () => {
    await client.send('DELETE', '/__practice__/requests');
    await run(client, { operation: 'insert' }, 'Name\nOne\nTwo\n');
    const { body } =
      await client.get<readonly { readonly method: string; readonly changed: number }[]>('/__practice__/requests');
    expect(body.find((request) => request.method === 'PATCH')?.changed).toBe(2);
  });
});
