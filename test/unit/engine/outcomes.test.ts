import { describe, expect, it } from 'vitest';
import { exitCodeOf, outcomesAfter, type Run } from '../../../src/engine/outcomes.js';
import type { ChangeReport, ChangeState } from '../../../src/execution/session.js';
import type { Change, ChangeStatus, Outcome } from '../../../src/planning/change.js';
import { emptyPlan, type Plan } from '../../../src/planning/plan.js';

const change: Change = {
  action: 'update',
  type: 'User',
  name: 'a@b.example',
  phase: 'user',
  effect: { kind: 'update', sobject: 'User', id: '005', values: { Email: 'new@b.example' } },
};
const planOf = (...changes: readonly Change[]): Plan => ({ ...emptyPlan, changes });

function runOf(state: ChangeState, after: Plan, overrides: Partial<Run> = {}): Run {
  const report: ChangeReport = { change, state };
  return { before: planOf(change), after, reports: [report], readBackError: null, ...overrides };
}

describe('Given a change that Salesforce accepted', () => {
  it('When it is no longer planned, Then it is applied', () => {
    expect(outcomesAfter(runOf('done', planOf()))).toMatchObject([{ status: 'applied' }]);
  });

  it('When it is still planned, Then it failed', () => {
    expect(outcomesAfter(runOf('done', planOf(change)))).toMatchObject([{ status: 'failed' }]);
  });

  it('When it is still planned because a person has to confirm it, Then it is pending and says so', () => {
    const after = planOf({ ...change, awaits: 'Someone opens the link.' });
    expect(outcomesAfter(runOf('done', after))).toMatchObject([
      { status: 'pending', message: 'Someone opens the link.' },
    ]);
  });

  it('When it cannot be read back, Then it is not called applied', () => {
    const run = runOf('done', planOf(change), { readBackError: new Error('gone') });
    expect(outcomesAfter(run)).toMatchObject([{ status: 'pending' }]);
  });
});

describe('Given a change whose answer was lost', () => {
  it('When it is no longer planned, Then it is applied', () => {
    expect(outcomesAfter(runOf('unknown', planOf()))).toMatchObject([{ status: 'applied' }]);
  });
});

describe('Given a change that was never tried', () => {
  it('When it is still planned afterwards, Then it is skipped', () => {
    expect(outcomesAfter(runOf('skipped', planOf(change)))).toMatchObject([{ status: 'skipped' }]);
  });

  it('When it is no longer planned afterwards, Then somebody else did it', () => {
    expect(outcomesAfter(runOf('skipped', planOf()))).toMatchObject([{ status: 'unchanged' }]);
  });

  it('When somebody else did it in the meantime, Then it is unchanged', () => {
    const there: Change = { ...change, effect: { kind: 'none' } };
    expect(outcomesAfter(runOf('skipped', planOf(there)))).toMatchObject([{ status: 'unchanged' }]);
  });
});

describe('Given outcomes', () => {
  const outcomes = (...statuses: readonly ChangeStatus[]): readonly Outcome[] =>
    statuses.map((status) => ({ action: 'create', type: 'User', name: 'x', status }));

  it.each<readonly [readonly ChangeStatus[], number]>([
    [['applied', 'unchanged'], 0],
    [['unchanged'], 0],
    [['failed'], 1],
    [['failed', 'skipped', 'unchanged'], 1],
    [['applied', 'failed', 'skipped'], 68],
    [['applied', 'skipped'], 68],
    [['applied', 'pending'], 69],
    [['pending', 'skipped'], 69],
    [['failed', 'pending'], 68],
  ])('When they are %j, Then the exit code is %i', (statuses, code) => {
    expect(exitCodeOf(outcomes(...statuses))).toBe(code);
  });
});
