import { describe, expect, it } from 'vitest';
import { runEngine, type EngineOptions } from '../../../src/engine/engine.js';
import type { Feature } from '../../../src/features/feature.js';
import { ask, type Answers } from '../../../src/observation/question.js';
import { OrgError } from '../../../src/org/failure.js';
import type { OrgPort, WriteOutcome } from '../../../src/org/port.js';
import type { Change } from '../../../src/planning/change.js';
import type { Finding } from '../../../src/planning/finding.js';
import type { Impact } from '../../../src/planning/impact.js';
import type { IntegrationUserResult } from '../../../src/planning/result.js';
import { definitionOf, engineOptions, userPart } from '../../support/engine.ts';
import { fakePort } from '../../support/fake-port.ts';

const names = ['first', 'second'] as const;
const present = ask.records('SELECT Name FROM Group');

/** Wants one Group for each name; what is there is what the fake org says. */
function feature(findings: readonly Finding[] = [], impact: readonly Impact[] = []): Feature {
  const held = (answers: Answers): ReadonlySet<unknown> => {
    const answer = answers.get(present);
    return new Set(answer?.ok === true ? answer.value.map((row) => row['Name']) : []);
  };
  return {
    name: 'user',
    isAsked: () => true,
    questions: () => [present],
    plan: (_definition, answers) => ({
      changes: names.map((name): Change => {
        const effect = held(answers).has(name)
          ? ({ kind: 'none' } as const)
          : ({ kind: 'insert', sobject: 'Group', values: { Name: name } } as const);
        return { action: 'create', type: 'Group', name, phase: 'metadata', effect };
      }),
      findings,
      impact,
      knownIds: {},
    }),
  };
}

type Behaviour = (name: string) => 'done' | 'ignored' | 'refused' | 'lost before' | 'lost after';

/** An org that holds groups, and treats each insert as told. */
function orgThat(
  behaves: Behaviour,
  held = new Set<string>(),
): OrgPort & { readonly held: Set<string>; writes: number } {
  const org = {
    held,
    writes: 0,
    ...fakePort({
      queryAll: (queries) =>
        Promise.resolve(queries.map(() => ({ ok: true, value: [...held].map((Name) => ({ Name })) }))),
      write: (requests) => {
        org.writes += 1;
        const outcomes: WriteOutcome[] = [];
        for (const request of requests) {
          const name = 'values' in request ? String(request.values['Name']) : '';
          const how = behaves(name);
          if (how === 'done' || how === 'lost after') held.add(name);
          if (how.startsWith('lost'))
            throw new OrgError({ name: 'LostError', message: 'lost', actions: [] }, 'X', 'unknown');
          const failure = { errorCode: 'DUPLICATE_USERNAME', message: 'no', fields: [] };
          outcomes.push(how === 'refused' ? { ok: false, failure } : { ok: true, id: `id of ${name}`, created: true });
        }
        return Promise.resolve(outcomes);
      },
    }),
  };
  return org;
}

const definition = definitionOf({ user: userPart() });
const run = (port: OrgPort, asked: Feature = feature(), options: Partial<EngineOptions> = {}) =>
  runEngine(definition, port, engineOptions({ features: [asked], ...options }));
const statusesOf = (result: IntegrationUserResult) => result.changes.map(({ status }) => status);

describe('Given an org that does what it is told', () => {
  it('When the engine runs, Then changes are applied and the exit code is 0', async () => {
    const { result, exitCode } = await run(orgThat(() => 'done'));
    expect({ statuses: statusesOf(result), exitCode }).toEqual({ statuses: ['applied', 'applied'], exitCode: 0 });
  });

  it('When everything is there, Then nothing is written', async () => {
    const org = orgThat(() => 'done', new Set(names));
    const { result } = await run(org);
    expect({ statuses: statusesOf(result), writes: org.writes }).toEqual({
      statuses: ['unchanged', 'unchanged'],
      writes: 0,
    });
  });

  it('When it is a dry run, Then changes are planned and nothing is written', async () => {
    const org = orgThat(() => 'done');
    const { result, exitCode } = await run(org, feature(), { dryRun: true });
    expect({ statuses: statusesOf(result), exitCode, writes: org.writes }).toEqual({
      statuses: ['planned', 'planned'],
      exitCode: 0,
      writes: 0,
    });
  });
});

describe('Given an org that says yes and does nothing', () => {
  it('When the engine runs, Then nothing counts as applied', async () => {
    await expect(run(orgThat(() => 'ignored'))).rejects.toMatchObject({ name: 'NothingChangedError' });
  });

  it('When only one change is missing afterwards, Then it failed and the exit code is 68', async () => {
    const { result, exitCode } = await run(orgThat((name) => (name === 'first' ? 'done' : 'ignored')));
    expect({ statuses: statusesOf(result), exitCode }).toEqual({ statuses: ['applied', 'failed'], exitCode: 68 });
  });
});

describe('Given an org that refuses', () => {
  it('When the first change is refused, Then the error has its name and the result as data', async () => {
    await expect(run(orgThat(() => 'refused'))).rejects.toMatchObject({
      name: 'DuplicateUsernameError',
      exitCode: 1,
      data: { changes: [{ status: 'failed' }, { status: 'failed' }] },
    });
  });

  it('When a later change is refused, Then the result is returned with 68', async () => {
    const { result, exitCode } = await run(orgThat((name) => (name === 'first' ? 'done' : 'refused')));
    expect({ statuses: statusesOf(result), exitCode }).toEqual({ statuses: ['applied', 'failed'], exitCode: 68 });
  });
});

describe('Given an answer that is lost', () => {
  it('When the work was done, Then it is found done and not done again', async () => {
    const org = orgThat((name) => (name === 'first' ? 'lost after' : 'done'));
    const { result, exitCode } = await run(org);
    expect({ statuses: statusesOf(result), exitCode, held: [...org.held] }).toEqual({
      statuses: ['applied', 'applied'],
      exitCode: 0,
      held: ['first', 'second'],
    });
  });

  it('When the work is never done, Then the engine gives up by name after a few rounds', async () => {
    const org = orgThat(() => 'lost before');
    await expect(run(org)).rejects.toMatchObject({ name: 'LostError' });
    expect(org.writes).toBe(3);
  });
});

describe('Given a plan with an error finding', () => {
  it('When the engine runs, Then the error is named by it and nothing is written', async () => {
    const org = orgThat(() => 'done');
    const finding: Finding = { severity: 'error', code: 'NoSeat', subject: 'x', message: 'No seat.', fix: 'Buy one.' };
    await expect(run(org, feature([finding]))).rejects.toMatchObject({
      name: 'NoSeatError',
      message: 'No seat.',
      actions: ['Buy one.'],
      data: { findings: [finding] },
    });
    expect(org.writes).toBe(0);
  });
});

describe('Given a plan that affects other people', () => {
  const impact: Impact = {
    on: 'Account',
    change: 'Private',
    people: 12,
    records: null,
    message: '12 people lose access.',
    consent: 'owd',
  };

  it('When nobody can be asked, Then consent is required and nothing is written', async () => {
    const org = orgThat(() => 'done');
    await expect(run(org, feature([], [impact]))).rejects.toMatchObject({
      name: 'ConfirmationRequiredError',
      exitCode: 1,
      data: { impact: [{ on: 'Account' }] },
    });
    expect(org.writes).toBe(0);
  });

  it('When it was allowed beforehand, Then the engine runs', async () => {
    const { exitCode } = await run(
      orgThat(() => 'done'),
      feature([], [impact]),
      { allowedImpacts: new Set(['owd']) },
    );
    expect(exitCode).toBe(0);
  });

  it('When the person asked says no, Then nothing is written', async () => {
    const org = orgThat(() => 'done');
    const asked = run(org, feature([], [impact]), { confirm: () => Promise.resolve(false) });
    await expect(asked).rejects.toMatchObject({ name: 'ConfirmationRequiredError' });
    expect(org.writes).toBe(0);
  });

  it('When nothing is left to change, Then nobody is asked', async () => {
    const { exitCode } = await run(
      orgThat(() => 'done', new Set(names)),
      feature([], [impact]),
    );
    expect(exitCode).toBe(0);
  });
});
