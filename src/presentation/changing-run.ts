import type { Connection } from '@salesforce/core';
import type { Definition } from '../definition/definition.js';
import { runEngine } from '../engine/engine.js';
import { writeToProject } from '../engine/to-project.js';
import type { Feature } from '../features/feature.js';
import { createOrgPort } from '../org/adapter/connection-port.js';
import type { RequestCounter } from '../org/adapter/request-counter.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { Outcome } from '../planning/change.js';
import type { ConsentKind, Impact } from '../planning/impact.js';
import type { Plan } from '../planning/plan.js';
import type { IntegrationUserResult } from '../planning/result.js';
import { askConsent } from './consent.js';
import { showFindings, showImpacts } from './findings.js';
import { interruptible } from './interruption.js';
import { showOutcomes, summaryLine } from './outcome-table.js';
import { presentable } from './presentable-error.js';
import { showProgress } from './progress.js';
import { hasPerson, type Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

export type ChangingRun = {
  readonly definition: Definition;
  readonly features: readonly Feature[];
  readonly connection: Connection;
  /** Started before the flags were parsed, because finding the org may cost requests. */
  readonly counter: RequestCounter;
  readonly dryRun: boolean;
  readonly noPrompt: boolean;
  readonly allowedImpacts: readonly ConsentKind[];
  readonly waitMs: number;
  /** Folder of a DX project to write metadata into instead of changing the org. */
  readonly outputDir?: string | null;
};

/** What every changing command does with its definition: run the engine, show what comes of it, set the exit code. */
export async function runAndPresent(terminal: Terminal, run: ChangingRun): Promise<IntegrationUserResult> {
  const progress = showProgress(terminal);
  const mayAsk = hasPerson(terminal) && !run.noPrompt;
  const told = new Set<string>();
  try {
    const port = createOrgPort(run.connection, run.counter);
    const { result, exitCode } = await interruptible(port, progress, (signal) => {
      const options = {
        features: run.features,
        dryRun: run.dryRun,
        allowedImpacts: new Set(run.allowedImpacts),
        confirm: mayAsk
          ? (impacts: readonly Impact[], plan: Plan) => askConsent(terminal, impacts, plan.findings, told)
          : null,
        waitMs: run.waitMs,
        signal,
        progress: progress.note,
        refused: (planned: IntegrationUserResult) => {
          if (run.dryRun) showRefused(terminal, planned);
        },
      };
      const { outputDir = null } = run;
      return outputDir === null || run.dryRun
        ? runEngine(run.definition, port, options)
        : writeToProject(run.definition, port, run.features, outputDir);
    });
    progress.end(exitCode === exitCodes.done.code);
    present(terminal, result, exitCode, { told });
    return result;
  } catch (error) {
    progress.end(false);
    throw presentable(error);
  }
}

/** Who only looks sees the whole plan, also where the error that follows would stop it. */
function showRefused(terminal: Terminal, { changes, impact, findings }: IntegrationUserResult): void {
  showOutcomes(terminal, changes);
  showImpacts(terminal, impact);
  showFindings(
    terminal,
    findings.filter(({ severity }) => severity !== 'error'),
  );
}

/** Below a plan that stands on the terminal already, only what became otherwise than planned is listed again. */
export function present(
  terminal: Terminal,
  result: IntegrationUserResult,
  exitCode: number,
  { changes = 'all', told }: { readonly changes?: 'all' | 'notAsPlanned'; readonly told: Set<string> },
): void {
  showOutcomes(terminal, changes === 'all' ? result.changes : result.changes.filter(isNotAsPlanned));
  showImpacts(terminal, result.impact, told);
  showFindings(terminal, result.findings, told);
  if (result.userId !== null) terminal.log(texts.getMessage('userId', [result.userId]));
  terminal.log(summaryLine(result.changes, result.apiRequests));
  const meaning = Object.values(exitCodes).find(({ code }) => code === exitCode)?.meaning;
  if (exitCode !== exitCodes.done.code && meaning !== undefined) terminal.log(meaning);
  if (exitCode !== exitCodes.done.code) process.exitCode = exitCode;
}

function isNotAsPlanned({ status }: Outcome): boolean {
  return status === 'failed' || status === 'skipped' || status === 'pending';
}
