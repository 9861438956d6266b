import { SfError } from '@salesforce/core/sfError';
import type { ChangeError } from '../execution/session.js';
import type { Finding } from '../planning/finding.js';
import type { ConsentKind, Impact } from '../planning/impact.js';
import { errorFindings, type Plan } from '../planning/plan.js';
import type { IntegrationUserResult } from '../planning/result.js';
import type { Run } from './outcomes.js';
import { engineTexts } from './texts.js';

/** An `error` finding stops everything before the first write; the first one names the error. */
export function refusedPlan(plan: Plan, result: IntegrationUserResult): SfError {
  const findings = errorFindings(plan);
  const message = findings.map((finding) => finding.message).join('\n');
  const actions = findings.flatMap((finding) => (finding.fix === undefined ? [] : [finding.fix]));
  return SfError.create({
    name: `${findings[0]?.code ?? 'Plan'}Error`,
    message,
    actions: distinct(actions),
    data: asJson(result),
  });
}

export function confirmationRequired(open: readonly Impact[], result: IntegrationUserResult): SfError {
  const kinds = distinct(open.flatMap(({ consent }) => (consent === null ? [] : [consent])));
  const { name, message, actions } = engineTexts.createError(
    'error.ConfirmationRequired',
    [open.map((impact) => impact.message).join('\n')],
    [kinds.map(consentingFlag).join(' ')],
  );
  return SfError.create({ name, message, actions: actions ?? [], data: asJson(result) });
}

/** Deletions are planned only where they were asked for; then it is enough not to be asked again. */
function consentingFlag(kind: ConsentKind): string {
  return kind === 'deletion' ? '--no-prompt' : `--allow-impact ${kind}`;
}

/** Nothing was written: the first refusal is the error, under its own name. */
export function runFailed(run: Run, result: IntegrationUserResult): SfError {
  const error = firstError(run) ?? asChangeError(engineTexts.createError('error.NothingChanged'));
  return SfError.create({
    name: error.name,
    message: error.message,
    actions: [...error.actions],
    data: asJson(result),
  });
}

/** An error that came before the first write: the plan goes with it. */
export function withResult(error: unknown, planned: IntegrationUserResult): unknown {
  return error instanceof SfError && error.data === undefined ? error.setData(asJson(planned)) : error;
}

export function readBackFailed(error: Error): Finding {
  return {
    severity: 'warning',
    code: 'ReadBackFailed',
    subject: error.name,
    message: engineTexts.getMessage('finding.ReadBackFailed', [error.message]),
    fix: engineTexts.getMessage('finding.ReadBackFailed.fix'),
  };
}

function firstError(run: Run): ChangeError | undefined {
  const reported = run.reports.find((report) => report.error !== undefined)?.error;
  if (reported !== undefined || run.readBackError === null) return reported;
  return asChangeError(SfError.wrap(run.readBackError));
}

function asChangeError({ name, message, actions }: SfError): ChangeError {
  return { name, message, actions: actions ?? [] };
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

type ErrorData = NonNullable<SfError['data']>;

/** The same value, in the mutable types that the CLI wants for the data of an error. */
function asJson(result: IntegrationUserResult): ErrorData {
  return {
    ...result,
    changes: result.changes.map((change) => ({ ...change })),
    findings: result.findings.map((finding) => ({ ...finding })),
    impact: result.impact.map((impact) => ({ ...impact })),
  };
}
