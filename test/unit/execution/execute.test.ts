import { describe, expect, it } from 'vitest';
import { execute } from '../../../src/execution/execute.js';
import type { ProgressEvent } from '../../../src/execution/session.js';
import { OrgError } from '../../../src/org/failure.js';
import type { OrgPort } from '../../../src/org/port.js';
import type { Change, Phase } from '../../../src/planning/change.js';
import { emptyPlan } from '../../../src/planning/plan.js';
import { fakePort } from '../../support/fake-port.ts';

function insert(name: string, phase: Phase, values: Record<string, string | { readonly idOf: string }> = {}): Change {
  const effect = { kind: 'insert', sobject: 'Group', values: { Name: name, ...values } } as const;
  return { action: 'create', type: 'Group', name, phase, effect };
}

const lost = new OrgError({ name: 'OrgUnreachableError', message: 'lost', actions: [] }, 'NETWORK', 'unknown');
const run = (port: OrgPort, changes: readonly Change[], progress: (event: ProgressEvent) => void = () => undefined) =>
  execute({ ...emptyPlan, changes }, port, { deadline: 0, signal: new AbortController().signal, progress });
const writing = (refuses: string, written: string[] = []): OrgPort =>
  fakePort({
    write: (requests) =>
      Promise.resolve(
        requests.map((request) => {
          const name = 'values' in request ? String(request.values['Name']) : '';
          if (name === refuses) return { ok: false, failure: { errorCode: 'X', message: 'no', fields: [] } };
          written.push(name);
          return { ok: true, id: `id of ${name}`, created: true };
        }),
      ),
  });

describe('Given changes of several phases', () => {
  const changes = [insert('a', 'metadata'), insert('b', 'membership'), insert('c', 'access')];

  it('When one is refused, Then nothing after it is made', async () => {
    const written: string[] = [];
    const reports = await run(writing('b', written), changes);
    expect({ states: reports.map(({ state }) => state), written }).toEqual({
      states: ['done', 'failed', 'skipped'],
      written: ['a'],
    });
  });

  it('When all are made, Then each stage is announced and ended in order', async () => {
    const events: string[] = [];
    await run(writing('nothing'), changes, (event) => events.push(event.kind));
    expect(events.filter((kind) => kind.startsWith('stage'))).toEqual([
      'stagesPlanned',
      ...['stageStarted', 'stageEnded', 'stageStarted', 'stageEnded', 'stageStarted', 'stageEnded'],
    ]);
  });

  it('When the run was interrupted, Then nothing more is made', async () => {
    const controller = new AbortController();
    controller.abort();
    const options = { deadline: 0, signal: controller.signal, progress: () => undefined };
    const reports = await execute({ ...emptyPlan, changes }, fakePort(), options);
    expect(reports.map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped']);
  });
});

describe('Given a change that refers to a record which has to be looked up', () => {
  it('When the look-up is lost, Then the run goes on to its end and nothing is known of the change', async () => {
    const referring = insert('a', 'membership', { GroupId: { idOf: 'Group:other' } });
    const port = fakePort({ queryAll: () => Promise.reject(lost) });
    const reports = await run(port, [referring, insert('b', 'access')]);
    expect(reports.map(({ state }) => state)).toEqual(['unknown', 'skipped']);
  });
});
