import { describe, expect, it } from 'vitest';
import { stagesOf } from '../../../src/execution/stages.js';
import { phases, type Change, type Phase } from '../../../src/planning/change.js';

function rowChange(phase: Phase): Change {
  const effect = { kind: 'insert', sobject: 'User', values: {} } as const;
  return { action: 'create', type: 'User', name: phase, phase, effect };
}

function deployChange(phase: Phase): Change {
  const component = { type: 'Group', fullName: 'G', body: {} };
  return { action: 'create', type: 'Group', name: `deploy ${phase}`, phase, effect: { kind: 'deploy', component } };
}

const names = (changes: readonly Change[]): ReadonlyArray<readonly Phase[]> =>
  stagesOf(changes).map((stage) => stage.phases);

describe('Given changes of several phases', () => {
  it('When user, license and access are rows with nothing between them, Then they travel together', () => {
    expect(names([rowChange('access'), rowChange('user'), rowChange('licence')])).toEqual([
      ['user', 'licence', 'access'],
    ]);
  });

  it('When fields are hidden, Then access waits until that is done', () => {
    expect(names([rowChange('access'), rowChange('user'), rowChange('hide')])).toEqual([
      ['user'],
      ['hide'],
      ['access'],
    ]);
  });

  it('When access holds a deployment, Then it stands alone', () => {
    expect(names([rowChange('user'), rowChange('access'), deployChange('access')])).toEqual([['user'], ['access']]);
  });

  it('When there is one change of each phase, Then the order is the order of phases', () => {
    const shuffled = [...phases].reverse().map((phase) => deployChange(phase));
    expect(names(shuffled)).toEqual(phases.map((phase) => [phase]));
  });
});
