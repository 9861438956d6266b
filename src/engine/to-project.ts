import type { Definition } from '../definition/definition.js';
import { writeSource, type WrittenSource } from '../execution/source-writer.js';
import type { Feature } from '../features/feature.js';
import type { MetadataComponent } from '../metadata/component.js';
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
  return writePlanToProject(definition, await lookAndPlan(definition, port, features), port, directory);
}

/** The same from a plan that was just made. */
export async function writePlanToProject(
  definition: Definition,
  plan: Plan,
  port: OrgPort,
  directory: string,
): Promise<EngineOutcome> {
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

/** Taking a row away is a document too, where a profile can say the same. */
function componentsOf({ effect }: Change): readonly MetadataComponent[] {
  if (effect.kind === 'deploy') return [effect.component];
  return effect.kind === 'delete' && effect.otherwise !== undefined ? [effect.otherwise] : [];
}

function afterWriting(outcome: Outcome, change: Change | undefined, written: readonly WrittenSource[]): Outcome {
  const components = change === undefined ? [] : componentsOf(change);
  const file = written.find((source) => components.includes(source.component));
  if (file === undefined) return outcome;
  return { ...outcome, status: file.changed ? 'written' : 'unchanged', path: file.path };
}

function stillToApply(plan: Plan): readonly Finding[] {
  const open = pendingChanges(plan).filter((change) => componentsOf(change).length === 0);
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
