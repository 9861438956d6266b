import { mergeProfiles } from '../metadata/profile.js';
import type { MetadataComponent } from '../metadata/component.js';
import { changeKey, type Change, type Effect } from '../planning/change.js';
import { deployChanges } from './components.js';
import { writeRowChanges } from './rows.js';
import type { ChangeReport, Session } from './session.js';

type ReplaceableEffect = Extract<Effect, { readonly kind: 'delete' }> & { readonly otherwise: MetadataComponent };
type ReplaceableChange = Change & { readonly effect: ReplaceableEffect };

const rowsInRequest = 200;

/** A row for which metadata can say the same. */
export function isReplaceable(change: Change): change is ReplaceableChange {
  return change.effect.kind === 'delete' && change.effect.otherwise !== undefined;
}

/**
 * Rows first, because they touch nothing else. Whether every org takes field permission rows of the integration profiles is
 * not documented: what one refuses is deployed, the components of a profile as one document.
 */
export async function writeOrDeploy(
  changes: readonly ReplaceableChange[],
  session: Session,
): Promise<readonly ChangeReport[]> {
  const reports = await writeRows(changes, session);
  if (!reports.some(({ state }) => state === 'failed') || session.signal.aborted) return reports;
  const open = reports.filter(({ state }) => state === 'failed' || state === 'skipped').map(({ change }) => change);
  const instead = await deployInstead(open.filter(isReplaceable), session);
  return reports.map((report) => instead.get(report.change) ?? report);
}

/** As many rows as one request takes show whether the org takes any: where all are refused, the others are not sent. */
async function writeRows(changes: readonly ReplaceableChange[], session: Session): Promise<readonly ChangeReport[]> {
  const first = await writeRowChanges(changes.slice(0, rowsInRequest), session);
  const others = changes.slice(rowsInRequest);
  if (others.length === 0) return first;
  if (first.every(({ state }) => state === 'failed')) {
    return [...first, ...others.map((change): ChangeReport => ({ change, state: 'skipped' }))];
  }
  return [...first, ...(await writeRowChanges(others, session))];
}

async function deployInstead(
  changes: readonly ReplaceableChange[],
  session: Session,
): Promise<ReadonlyMap<Change, ChangeReport>> {
  const deployments = mergeProfiles(changes.map(({ effect }) => effect.otherwise)).map(deploymentOf);
  const reports = await deployChanges(deployments, session);
  const byProfile = new Map(reports.map((report) => [changeKey(report.change), report]));
  return new Map(
    changes.flatMap((change) => {
      const report = byProfile.get(changeKey(deploymentOf(change.effect.otherwise)));
      return report === undefined ? [] : [[change, { ...report, change }] as const];
    }),
  );
}

function deploymentOf(component: MetadataComponent) {
  const { type, fullName } = component;
  return {
    action: 'update',
    type,
    name: fullName,
    phase: 'hide',
    effect: { kind: 'deploy', component },
  } as const satisfies Change;
}
