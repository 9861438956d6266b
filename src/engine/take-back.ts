import type { Definition } from '../definition/definition.js';
import { namesFor } from '../definition/names.js';
import { AccessSamples } from '../execution/access-samples.js';
import { execute } from '../execution/execute.js';
import type { ChangeReport, ProgressEvent } from '../execution/session.js';
import { booleanAt, textAt } from '../observation/row.js';
import type { Row } from '../observation/question.js';
import { explainRefusal, orgError, OrgError } from '../org/failure.js';
import type { OrgPort, Read } from '../org/port.js';
import { changeKey, isUnchanged, type Change } from '../planning/change.js';
import type { Finding } from '../planning/finding.js';
import { emptyPlan, type Plan } from '../planning/plan.js';
import { unaccountedRows, type Unaccounted, type VisibleRows } from '../proof/unaccounted.js';
import type { Run } from './outcomes.js';
import { engineTexts } from './texts.js';

type TakeBackOptions = {
  readonly lookAgain: () => Promise<Plan>;
  readonly progress: (event: ProgressEvent) => void;
};

/**
 * Access that this run opened stays only where every record that it shows is accounted for: otherwise what the run assigned
 * is taken back. What the user held before is none of this run's business. Where Salesforce doesn't tell, that is said: an
 * unknown exposure is not success.
 */
export async function takeBackLeaks(
  definition: Definition,
  run: Run,
  port: OrgPort,
  options: TakeBackOptions,
): Promise<Run> {
  const opened = run.reports.filter(({ change }) => opensAccess(change) && isThere(change, run));
  if (opened.length === 0 || run.readBackError !== null) return run;
  const rows = await leakedRows(definition, run, port, options).catch(orgError);
  if (rows instanceof OrgError) {
    return withFinding(run, leakFinding(definition, 'AccessNotMeasured', rows.message.replace(/[.]$/, '')));
  }
  if (rows.length === 0) return run;
  const assigned = opened.filter(({ change }) => isAssignment(change));
  // A permission set that was assigned before and shows more now: what else it gives may be needed.
  if (assigned.length === 0) return withFinding(run, leakFinding(definition, 'AccessNotTakenBack', rowsTexts(rows)));
  return takeBack(definition, run, assigned, rows, port, options);
}

async function leakedRows(
  definition: Definition,
  run: Run,
  port: OrgPort,
  options: TakeBackOptions,
): Promise<readonly Unaccounted[]> {
  const visible = await visibleAtOnce(definition, run, port, options);
  return visible.length === 0 ? [] : unaccountedRows(definition, visible, port);
}

/**
 * A default that is open shows every record, so that a few unflagged ones of other people tell. Throws OrgError where Salesforce
 * refuses to say it.
 */
async function visibleAtOnce(
  definition: Definition,
  run: Run,
  port: OrgPort,
  { progress }: TakeBackOptions,
): Promise<readonly VisibleRows[]> {
  const sobjects = openedObjects(definition, run);
  const { username, integration } = definition;
  if (sobjects.length === 0 || integration === null) return [];
  const probe = { username, flagField: namesFor(definition).flagField };
  const ids = new Map(Object.entries(run.after.knownIds));
  const samples = new AccessSamples({ port, ids, progress, ...unhurried() });
  const { access } = await samples.measure(
    sobjects.map((sobject) => ({ sobject, kind: 'unflagged', probe })),
    [],
  );
  return sobjects
    .map((sobject) => ({ sobject, ids: readableIn(access(sobject, 'unflagged')) }))
    .filter(({ ids: visible }) => visible.length > 0);
}

function readableIn(measured: Read<readonly Row[]>): readonly string[] {
  if (!measured.ok) throw explainRefusal(measured.refusal);
  return measured.value.flatMap((row) => (booleanAt(row, 'HasReadAccess') ? (textAt(row, 'RecordId') ?? []) : []));
}

/** What is taken back waits for nothing, and is not interrupted. */
function unhurried(): { readonly deadline: number; readonly signal: AbortSignal } {
  return { deadline: Date.now(), signal: new AbortController().signal };
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

function opensAccess(change: Change): boolean {
  return change.phase === 'access' && (isAssignment(change) || change.effect.kind === 'deploy');
}

function isAssignment({ type, effect }: Change): boolean {
  return type === 'PermissionSetAssignment' && effect.kind === 'insert';
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
  const done = await execute({ ...emptyPlan, changes }, port, { ...unhurried(), progress });
  const isTakenBack = changes.length === opened.length && done.every(({ state }) => state === 'done');
  const message = rowsTexts(rows);
  const finding = leakFinding(definition, isTakenBack ? 'AccessTakenBack' : 'AccessNotTakenBack', message);
  const told = withFinding(run, finding);
  const after = await lookAgain().catch(orgError);
  if (after instanceof OrgError) return { ...told, readBackError: after };
  const keys = new Set(opened.map(({ change }) => changeKey(change)));
  const error = { name: 'AccessTakenBackError', message, actions: finding.fix === undefined ? [] : [finding.fix] };
  return {
    ...told,
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

function rowsTexts(rows: readonly Unaccounted[]): string {
  const texts = rows.map(({ sobject, count, examples }) =>
    engineTexts.getMessage('unaccountedRows', [String(count), sobject, examples.join(', ')]),
  );
  return texts.join('\n');
}

type LeakCode = 'AccessTakenBack' | 'AccessNotTakenBack' | 'AccessNotMeasured';

function leakFinding(definition: Definition, code: LeakCode, what: string): Finding {
  return {
    severity: 'warning',
    code,
    subject: definition.username,
    message: engineTexts.getMessage(`finding.${code}`, [definition.username, what]),
    fix: engineTexts.getMessage(`finding.${code}.fix`, [definition.username]),
  };
}

/** Also where the org cannot be looked at again, so that only what was planned before is told. */
function withFinding(run: Run, finding: Finding): Run {
  const added = (plan: Plan): Plan => ({ ...plan, findings: [...plan.findings, finding] });
  return { ...run, before: added(run.before), after: added(run.after) };
}
