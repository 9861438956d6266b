import { describe, expect, it } from 'vitest';
import { execute } from '../../../src/execution/execute.js';
import type { ChangeReport, ProgressEvent } from '../../../src/execution/session.js';
import { IdBlock } from '../../../src/org/id-block.js';
import type { OrgPort } from '../../../src/org/port.js';
import type { Change } from '../../../src/planning/change.js';
import { emptyPlan } from '../../../src/planning/plan.js';
import { fakePort } from '../../support/fake-port.ts';

const idOf = (index: number): string => `001${String(index).padStart(12, '0')}AAA`;

function flagging(
  counted: number,
  overrides: Partial<Extract<Change['effect'], { kind: 'flagRecords' }>> = {},
): Change {
  const condition = "Industry = 'Technology'";
  return {
    ...{ action: 'flag', type: 'Account', name: condition, phase: 'flags', integration: 'HubSpot' },
    effect: {
      ...{ kind: 'flagRecords', sobject: 'Account', field: 'Send_to_HubSpot__c', value: true },
      ...{ condition, counted },
      ...overrides,
    },
  };
}

/** An org with so many accounts to flag, of which some can't be written. */
function orgWith(
  records: number,
  reasonOf: (index: number) => string | null,
  left: number | 'not counted' = 0,
): OrgPort {
  return fakePort({
    count: () => Promise.resolve({ ok: true, value: left }),
    queryAll: () =>
      Promise.resolve([{ ok: true, value: Array.from({ length: records }, (_, index) => ({ Id: idOf(index) })) }]),
    writeRows: (_method, _sobject, rows) =>
      Promise.resolve(
        rows.map(({ Id: id }) => {
          const message = reasonOf(Number(String(id).slice(3, 15)));
          return message === null
            ? { ok: true, id: String(id), created: false }
            : { ok: false, failure: { errorCode: 'SOME_CODE', message, fields: [] } };
        }),
      ),
  });
}

async function run(
  port: OrgPort,
  change: Change,
  progress: (event: ProgressEvent) => void = () => undefined,
): Promise<ChangeReport | undefined> {
  const options = { deadline: 0, signal: new AbortController().signal, progress };
  const [report] = await execute({ ...emptyPlan, changes: [change] }, port, options);
  return report;
}

describe('Given records that are flagged at the start', () => {
  it('When some are refused, Then they are counted by reason with examples, and the command for the rest is told', async () => {
    const org = orgWith(20, (index) => (index < 5 ? 'Closed.' : index < 7 ? 'Too long' : null));
    const report = await run(org, flagging(20));
    expect([report?.state, report?.error?.message]).toEqual([
      'failed',
      `7 of the records stayed as they were. 5: Closed (such as ${idOf(0)}, ${idOf(1)}, ${idOf(2)}). ` +
        `2: Too long (such as ${idOf(5)}, ${idOf(6)}). For the rest run: sf integration-user flag-records ` +
        `--integration HubSpot --sobject Account --where "Industry = 'Technology'"`,
    ]);
  });

  it('When there are many reasons, Then the rarest are counted together', async () => {
    const reasons = ['Closed', 'Too long', 'No owner', 'No name', 'No city'];
    const report = await run(
      orgWith(15, (index) => reasons[Math.floor(index / 4)] ?? 'Other'),
      flagging(15),
    );
    expect(report?.error?.message).toMatch(
      /4: Closed .*4: Too long .*4: No owner .*\. 3: other reasons\. For the rest/,
    );
  });

  it.each([
    ['a flag of its own name', { field: 'Sync__c' }, /--where "Industry = 'Technology'" --flag-label Sync$/],
    ['a dollar sign in its condition', { condition: "Name = '$1'" }, /--where 'Name = '\\''\$1'\\'''$/],
    ['to take the flag off', { value: false }, /"Industry = 'Technology'" --unflag$/],
  ])('When it has %s, Then the command does the same', async (_, effect, command) => {
    const report = await run(
      orgWith(1, () => 'Closed'),
      flagging(1, effect),
    );
    expect(report?.error?.message).toMatch(command);
  });

  it('When all are said to be written and some are not, Then the count afterwards tells, with the command for the rest', async () => {
    const report = await run(
      orgWith(20, () => null, 3),
      flagging(20),
    );
    expect([report?.state, report?.error?.message]).toEqual([
      'failed',
      expect.stringMatching(/^3 of the records stayed as they were\. Salesforce reported .*For the rest run: sf /),
    ]);
  });

  it('When they can’t be counted afterwards, Then they are done as Salesforce says', async () => {
    const report = await run(
      orgWith(20, () => null, 'not counted'),
      flagging(20),
    );
    expect(report?.state).toBe('done');
  });

  it('When they are written, Then each step is told', async () => {
    const events: ProgressEvent[] = [];
    const change = flagging(300);
    const report = await run(
      orgWith(300, () => null),
      change,
      (event) => events.push(event),
    );
    expect([report?.state, events.filter(({ kind }) => kind === 'flagging')]).toEqual([
      'done',
      [200, 300].map((done) => ({ kind: 'flagging', change, event: { kind: 'rows', done, total: 300 } })),
    ]);
  });
});

describe('Given a bulk job of first flags', () => {
  const records = 2_500;
  async function* ids(): AsyncGenerator<IdBlock> {
    yield await Promise.resolve(IdBlock.of(Array.from({ length: records }, (_, index) => idOf(index))));
  }
  const org = fakePort({
    identity: () =>
      Promise.resolve({ userId: '005000000000001AAA', username: 'a', organizationId: '00D', isSandbox: false }),
    countAll: () => Promise.resolve([{ ok: true, value: records }]),
    describe: (name) => {
      const can = { custom: false, queryable: true, createable: true, updateable: true };
      return Promise.resolve({ ok: true, value: { name, label: name, ...can, keyPrefix: '001', fields: [] } });
    },
    bulk: {
      ...fakePort().bulk,
      queryIds: ids,
      unfinishedUpdates: () => Promise.resolve([]),
      createUpdate: () => Promise.resolve('750000000000001AAA'),
      upload: async (_jobId, csv) => {
        for await (const part of csv) expect(part.length).toBeGreaterThan(0);
      },
      start: () => Promise.resolve(),
      job: (id) =>
        Promise.resolve({
          ...{ id, sobject: 'Account', operation: 'update', state: 'Aborted', processed: 1_000, failed: 0 },
          ...{ createdById: '005000000000001AAA', errorMessage: 'Somebody aborted it.' },
        }),
    },
  });

  it('When it is aborted in the org, Then the change tells how many records are left, and the command for them', async () => {
    const report = await run(org, flagging(records));
    expect([report?.state, report?.error?.message]).toEqual([
      'failed',
      expect.stringMatching(
        /^1500 of the records .* The bulk job 750000000000001AAA ended before .*, and left 1500: Somebody aborted it\. For the rest run: sf /,
      ),
    ]);
  });
});
