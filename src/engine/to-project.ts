import type { Definition } from '../definition/definition.js';
import { writeSource, type WrittenSource } from '../execution/source-writer.js';
import type { Feature } from '../features/feature.js';
import type { OrgPort } from '../org/port.js';
import type { Change, Outcome } from '../planning/change.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { Finding } from '../planning/finding.js';
import { errorFindings, pendingChanges, type Plan } from '../planning/plan.js';
import type { EngineOutcome } from './engine.js';
import { refusedPlan } from './failures.js';
import { lookAndPlan } from './look.js';
import { outcomesBefore } from './outcomes.js';
import { toResult } from './result.js';
import { engineTexts } from './texts.js';

/**
 * Writes what is metadata in the plan into a DX project, merged with the files that are there. The org is only looked at;
 * what is not metadata (user, assignments, membership, flags) stays planned, and a finding says so.
 */
export async function writeToProject(
  definition: Definition,
  port: OrgPort,
  features: readonly Feature[],
  directory: string,
): Promise<EngineOutcome> {
  const plan = await lookAndPlan(definition, port, features);
  const before = outcomesBefore(plan);
  if (errorFindings(plan).length > 0) throw refusedPlan(plan, toResult(definition, plan, before, port));
  const written = await writeSource(directory, plan.changes.flatMap(componentsOf));
  const outcomes = before.map((outcome, index) => afterWriting(outcome, plan.changes[index], written));
  const findings = [...plan.findings, ...stillToApply(plan), ...deployInOrder(plan)];
  return {
    result: toResult(definition, { ...plan, findings }, outcomes, port),
    exitCode: exitCodes.done.code,
  };
}

function componentsOf({ effect }: Change): readonly WrittenSource['component'][] {
  return effect.kind === 'deploy' ? [effect.component] : [];
}

function afterWriting(outcome: Outcome, change: Change | undefined, written: readonly WrittenSource[]): Outcome {
  if (change?.effect.kind !== 'deploy') return outcome;
  const { component } = change.effect;
  const file = written.find((source) => source.component === component);
  if (file === undefined) return outcome;
  return { ...outcome, status: file.changed ? 'written' : 'unchanged', path: file.path };
}

function stillToApply(plan: Plan): readonly Finding[] {
  const open = pendingChanges(plan).filter(({ effect }) => effect.kind !== 'deploy');
  if (open.length === 0) return [];
  const types = [...new Set(open.map(({ type }) => type))].join(', ');
  return [
    {
      severity: 'info',
      code: 'StillToApply',
      subject: types,
      message: engineTexts.getMessage('finding.StillToApply', [open.length, types]),
      fix: engineTexts.getMessage('finding.StillToApply.fix'),
    },
  ];
}

/** An organization-wide default and a rule that needs it cannot go into one deployment reliably. */
function deployInOrder(plan: Plan): readonly Finding[] {
  const deployed = new Set(plan.changes.flatMap(componentsOf).map(({ type }) => type));
  if (!deployed.has('CustomObject') || !deployed.has('SharingCriteriaRule')) return [];
  return [
    {
      severity: 'warning',
      code: 'DeployInOrder',
      subject: 'SharingCriteriaRule',
      message: engineTexts.getMessage('finding.DeployInOrder'),
      fix: engineTexts.getMessage('finding.DeployInOrder.fix'),
    },
  ];
}
