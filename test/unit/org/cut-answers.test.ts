import { describe, expect, it, vi } from 'vitest';
import { createOrgPort } from '../../../src/org/adapter/connection-port.js';
import type { FailedRow } from '../../../src/org/bulk.js';
import type { OrgPort } from '../../../src/org/port.js';
import { useGateway, type PassedAnswer } from '../../support/gateway.ts';
import { connectTo } from '../../support/login.ts';
import { usePracticeServer } from '../../support/practice-server.ts';

const records = 3_000;
const soql = 'SELECT Id FROM Account';
const wrongIds = Array.from({ length: 20 }, (_, index) => `001000000000${String(900 + index)}AAA`);
const unexpected = { name: 'UnexpectedAnswerError' };

type Change = (answer: PassedAnswer) => PassedAnswer;

const without =
  (...headers: readonly string[]): Change =>
  (answer) => ({
    ...answer,
    headers: new Headers([...answer.headers].filter(([name]) => !headers.includes(name))),
  });
const withoutNext: Change = (answer) => ({
  ...answer,
  body: answer.body.replaceAll(/"nextRecordsUrl":"[^"]*"/g, '"nextRecordsUrl":null'),
});
const cutAfter =
  (lines: number): Change =>
  (answer) =>
    without('sforce-numberofrecords')({ ...answer, body: answer.body.split('\n').slice(0, lines).join('\n') });

describe('Given something on the way that leaves out a part of an answer', () => {
  const practice = usePracticeServer({ records });
  const gateway = useGateway();

  async function portThrough(path: RegExp, change: Change, times = Number.POSITIVE_INFINITY): Promise<OrgPort> {
    let left = times;
    const target = await gateway(practice.server, (request, answer) => {
      if (!path.test(request.path) || left === 0) return answer;
      left -= 1;
      return change(answer);
    });
    return createOrgPort(await connectTo(target));
  }

  async function idsThrough(port: OrgPort): Promise<number> {
    let ids = 0;
    for await (const block of port.bulk.queryIds(soql, new AbortController().signal)) ids += block.length;
    return ids;
  }

  it('When a result doesn’t say once whether more of it follows, Then it is asked for again', async () => {
    expect(await idsThrough(await portThrough(/\/results/, without('sforce-locator'), 1))).toBe(records);
  });

  it('When no result says whether more of it follows, Then that is not its end', async () => {
    const port = await portThrough(/\/results/, without('sforce-locator'));
    await expect(idsThrough(port)).rejects.toMatchObject(unexpected);
  });

  it('When a result has fewer rows than its job, Then they are not all rows', async () => {
    await expect(idsThrough(await portThrough(/\/results/, cutAfter(1_000)))).rejects.toMatchObject(unexpected);
  });

  it.each([
    ['one query', [soql]],
    ['queries in a batch', [soql, 'SELECT Id FROM Contact']],
  ])('When the first page of %s doesn’t say which is next, Then its rows are not all rows', async (_, queries) => {
    const port = await portThrough(/\/query\?|\/batch/, withoutNext);
    const asked = queries.map((text) => ({ soql: text, api: 'rest' as const }));
    await expect(port.queryAll(asked)).rejects.toMatchObject(unexpected);
  });

  it('When a list of jobs doesn’t say where it goes on, Then it does not pass for all jobs', async () => {
    const open: Change = (answer) => ({ ...answer, body: answer.body.replace('"done":true', '"done":false') });
    const port = await portThrough(/\/jobs\/ingest\?/, open);
    await expect(port.bulk.unfinishedUpdates('Account')).rejects.toMatchObject(unexpected);
  });

  it('When an answer is no list of jobs, Then it does not pass for "no jobs"', async () => {
    const port = await portThrough(/\/jobs\/ingest\?/, (answer) => ({ ...answer, body: '{}' }));
    await expect(port.bulk.unfinishedUpdates('Account')).rejects.toMatchObject(unexpected);
  });

  async function failuresThrough(times: number): Promise<number> {
    const port = await portThrough(/\/failedResults/, cutAfter(5), times);
    const jobId = await port.bulk.createUpdate('Account');
    await port.bulk.upload(jobId, csv());
    await port.bulk.start(jobId);
    await vi.waitFor(async () => expect(await port.bulk.job(jobId)).toMatchObject({ state: 'JobComplete' }), 10_000);
    const { failed } = await port.bulk.job(jobId);
    const told: FailedRow[] = [];
    for await (const row of port.bulk.failedRows(jobId, failed)) told.push(row);
    return told.length;
  }

  it('When a file of failed rows has once fewer than failed, Then it is asked for again', async () => {
    expect(await failuresThrough(1)).toBe(wrongIds.length);
  });

  it('When a file of failed rows has always fewer than failed, Then they are not all rows that failed', async () => {
    await expect(failuresThrough(Number.POSITIVE_INFINITY)).rejects.toMatchObject(unexpected);
  });
});

async function* csv(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(
    new TextEncoder().encode(`Id,Industry\n${wrongIds.map((id) => `${id},Energy\n`).join('')}`),
  );
}
