import { phases, type Change, type Phase } from '../planning/change.js';
import type { Stage } from './session.js';

/**
 * Setup rows of these phases may travel in one request where nothing stands between them: each later row refers to the user
 * made before, and falls with it.
 */
const joinable: ReadonlySet<Phase> = new Set(['user', 'licence', 'access']);

/** The changes in the order in which access comes last. */
export function stagesOf(changes: readonly Change[]): readonly Stage[] {
  const stages: Stage[] = [];
  for (const phase of phases) {
    const ofPhase = changes.filter((change) => change.phase === phase);
    if (ofPhase.length === 0) continue;
    const next: Stage = { phases: [phase], changes: ofPhase };
    const last = stages.at(-1);
    if (last !== undefined && mayJoin(last) && mayJoin(next)) stages.splice(-1, 1, joined(last, next));
    else stages.push(next);
  }
  return stages;
}

function mayJoin(stage: Stage): boolean {
  return stage.phases.every((phase) => joinable.has(phase)) && stage.changes.every(isRowChange);
}

function joined(first: Stage, second: Stage): Stage {
  return { phases: [...first.phases, ...second.phases], changes: [...first.changes, ...second.changes] };
}

function isRowChange({ effect }: Change): boolean {
  return effect.kind === 'insert' || effect.kind === 'update' || effect.kind === 'delete';
}
