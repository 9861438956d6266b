import type { Connection } from '@salesforce/core';
import { concealer, concealInResult, type Conceal } from '../definition/concealment.js';
import type { DefinitionFile } from '../definition/definition-file.js';
import { applyAll } from '../engine/apply.js';
import type { Feature } from '../features/feature.js';
import { createOrgPort } from '../org/adapter/connection-port.js';
import type { RequestCounter } from '../org/adapter/request-counter.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { ConsentKind, Impact } from '../planning/impact.js';
import type { Plan } from '../planning/plan.js';
import type { IntegrationUserResult } from '../planning/result.js';
import { present } from './changing-run.js';
import { askConsent } from './consent.js';
import { interruptible } from './interruption.js';
import { presentable } from './presentable-error.js';
import { showPlan } from './plan-view.js';
import { showProgress } from './progress.js';
import { hasPerson, type Terminal } from './terminal.js';

export type ApplyRun = {
  readonly files: readonly DefinitionFile[];
  readonly features: readonly Feature[];
  readonly connection: Connection;
  readonly counter: RequestCounter;
  readonly dryRun: boolean;
  readonly failOnChanges: boolean;
  readonly noPrompt: boolean;
  readonly allowedImpacts: readonly ConsentKind[];
  readonly waitMs: number;
  readonly outputDir: string | null;
};

/** Shows the plan as a diff before anything is asked, then the stages, then what became of it. */
export async function applyAndPresent(terminal: Terminal, run: ApplyRun): Promise<IntegrationUserResult> {
  const progress = showProgress(terminal);
  const mayAsk = hasPerson(terminal) && !run.noPrompt;
  const told = new Set<string>();
  const conceal = concealer(run.files.flatMap(({ resolved }) => resolved));
  const definitions = run.files.map(({ definition }) => definition);
  try {
    const ask = (impacts: readonly Impact[], { findings }: Plan): Promise<boolean> =>
      askConsent(terminal, concealed(impacts, conceal), concealed(findings, conceal), told);
    const port = createOrgPort(run.connection, run.counter);
    const outcome = await interruptible(port, progress, (signal) =>
      applyAll(definitions, port, {
        features: run.features,
        dryRun: run.dryRun,
        failOnChanges: run.failOnChanges,
        allowedImpacts: new Set(run.allowedImpacts),
        confirm: mayAsk ? ask : null,
        waitMs: run.waitMs,
        outputDir: run.outputDir,
        signal,
        progress: progress.note,
        planned: (applications) => {
          showPlan(terminal, applications, conceal);
        },
      }),
    );
    progress.end(outcome.exitCode === exitCodes.done.code);
    const result = concealInResult(outcome.result, conceal);
    const severalAtOnce = run.files.length > 1 && !run.dryRun;
    present(terminal, result, outcome.exitCode, { changes: severalAtOnce ? 'all' : 'notAsPlanned', told });
    return result;
  } catch (error) {
    progress.end(false);
    throw presentable(error, conceal);
  }
}

type Told = { readonly message: string; readonly fix?: string };

function concealed<T extends Told>(items: readonly T[], conceal: Conceal): readonly T[] {
  return items.map((item) => ({
    ...item,
    message: conceal(item.message),
    ...(item.fix === undefined ? {} : { fix: conceal(item.fix) }),
  }));
}
