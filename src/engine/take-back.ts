import type { Definition } from '../definition/definition.js';
import { execute } from '../execution/execute.js';
import type { ChangeReport, ProgressEvent } from '../execution/session.js';
import type { OrgPort } from '../org/port.js';
import { changeKey, isUnchanged, naturalKey, type Change } from '../planning/change.js';
import type { Finding } from '../planning/finding.js';
import { emptyPlan, type Plan } from '../planning/plan.js';
import { unaccountedRows, type Unaccounted } from '../proof/unaccounted.js';
import type { Run } from './outcomes.js';
import { engineTexts } from './texts.js';

type TakeBackOptions = {
  readonly lookAgain: () => Promise<Plan>;
  readonly progress: (event: ProgressEvent) => void;
};

/**
 * Access that this run opened stays only where every record that it shows is accounted for: otherwise what the run assigned
 * is taken back. What the user held before is none of this run's business.
 */
export async function takeBackLeaks(
  definition: Definition,
  run: Run,
  port: OrgPort,
  options: TakeBackOptions,
): Promise<Run> {
  const userId = run.after.knownIds[naturalKey('User', definition.username)];
  const opened = run.reports.filter((report) => isAccess(report.change) && isThere(report.change, run));
  if (opened.length === 0 || userId === undefined || run.readBackError !== null) return run;
  const rows = await unaccountedRows(definition, openedObjects(definition, run), userId, port);
  return rows.length === 0 ? run : takeBack(definition, run, opened, rows, port, options);
}

/** Whatever Salesforce answered, the assignment was found when looking again. */
function isThere(change: Change, { after }: Run): boolean {
  const key = changeKey(change);
  return after.changes.some((candidate) => changeKey(candidate) === key && isUnchanged(candidate));
}

/**
 * What the user could read before this run was measured while its default was waited for, and stays readable whatever is taken
 * back.
 */
function openedObjects({ share }: Definition, { before }: Run): readonly string[] {
  const measured = before.changes.flatMap(({ gate }) =>
    gate?.kind === 'owdEffective' && gate.probe !== null ? [gate.sobject] : [],
  );
  return (share?.objects ?? []).map(({ object }) => object).filter((object) => !measured.includes(object));
}

function isAccess({ phase, type, effect }: Change): boolean {
  return phase === 'access' && type === 'PermissionSetAssignment' && effect.kind === 'insert';
}

async function takeBack(
  definition: Definition,
  run: Run,
  opened: readonly ChangeReport[],
  rows: readonly Unaccounted[],
  port: OrgPort,
  { lookAgain, progress }: TakeBackOptions,
): Promise<Run> {
  const changes = opened.flatMap((report) => unassignment(report, run));
  const done = await execute({ ...emptyPlan, changes }, port, {
    // What is taken back waits for nothing, and is not interrupted.
    deadline: Date.now(),
    signal: new AbortController().signal,
    progress,
  });
  const isTakenBack = changes.length === opened.length && done.every(({ state }) => state === 'done');
  const message = rows.map(rowsText).join('\n');
  const finding = leakFinding(definition, isTakenBack ? 'AccessTakenBack' : 'AccessNotTakenBack', message);
  const after = await lookAgain();
  const keys = new Set(opened.map(({ change }) => changeKey(change)));
  const error = { name: 'AccessTakenBackError', message, actions: finding.fix === undefined ? [] : [finding.fix] };
  return {
    ...run,
    after: { ...after, findings: [...after.findings, finding] },
    reports: run.reports.map((report) =>
      isTakenBack && keys.has(changeKey(report.change)) ? { ...report, state: 'failed', error } : report,
    ),
  };
}

function unassignment({ change, id }: ChangeReport, run: Run): readonly Change[] {
  const assignmentId = id ?? run.after.knownIds[changeKey(change)];
  if (assignmentId === undefined) return [];
  const { type, name } = change;
  const effect = { kind: 'delete', sobject: 'PermissionSetAssignment', id: assignmentId } as const;
  return [{ action: 'unassign', type, name, phase: 'access', effect }];
}

function rowsText({ sobject, count, examples }: Unaccounted): string {
  return engineTexts.getMessage('unaccountedRows', [String(count), sobject, examples.join(', ')]);
}

function leakFinding(definition: Definition, code: 'AccessTakenBack' | 'AccessNotTakenBack', rows: string): Finding {
  return {
    severity: 'warning',
    code,
    subject: definition.username,
    message: engineTexts.getMessage(`finding.${code}`, [definition.username, rows]),
    fix: engineTexts.getMessage(`finding.${code}.fix`, [definition.username]),
  };
}
