import type { MetadataComponent } from '../metadata/component.js';
import { writeSource, type WrittenSource } from '../execution/source-writer.js';
import { isUnchanged, type Change, type Outcome } from '../planning/change.js';
import type { Plan } from '../planning/plan.js';
import { outcomesBefore } from './outcomes.js';
import { engineTexts } from './texts.js';

/**
 * The plan's metadata as files of a DX project. What metadata cannot hold (users, assignments, members, flags) is left to
 * the apply command, and says so.
 */
export async function writePlan(plan: Plan, directory: string): Promise<readonly Outcome[]> {
  const documented = plan.changes.flatMap((change) => {
    const component = componentOf(change);
    return component === null ? [] : [{ change, component }];
  });
  const files = await writeSource(
    directory,
    documented.map(({ component }) => component),
  );
  const written = new Map(documented.map(({ change }, index) => [change, files[index]]));
  return outcomesBefore(plan).map((outcome, index) => withFile(outcome, plan.changes[index], written));
}

/** Taking a row away is a document too, where a profile can say the same. */
function componentOf({ effect }: Change): MetadataComponent | null {
  if (effect.kind === 'deploy') return effect.component;
  return effect.kind === 'delete' ? (effect.otherwise ?? null) : null;
}

function withFile(
  outcome: Outcome,
  change: Change | undefined,
  written: ReadonlyMap<Change, WrittenSource | undefined>,
): Outcome {
  if (change === undefined || isUnchanged(change)) return outcome;
  const file = written.get(change);
  if (file === undefined) return { ...outcome, status: 'skipped', message: engineTexts.getMessage('needsApply') };
  return { ...outcome, status: file.changed ? 'written' : 'unchanged', path: file.path };
}
