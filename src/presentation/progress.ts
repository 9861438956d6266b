import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { ChangeReport, ProgressEvent, Stage } from '../execution/session.js';
import type { Change } from '../planning/change.js';
import { LogPace } from './flag-progress.js';
import { JobLedger } from './job-ledger.js';
import { plainLine } from './plain-text.js';
import { logLine, progressLine } from './progress-line.js';
import { RowProgress, type Shown } from './row-progress.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

export type Progress = {
  readonly note: (event: ProgressEvent) => void;
  readonly end: (succeeded: boolean) => void;
  /** What is done so far, for whoever interrupts. */
  readonly reports: () => readonly ChangeReport[];
  /** Bulk jobs that flag records. */
  readonly jobs: JobLedger;
};

/** Stages that move on a terminal, plain lines on stderr elsewhere, nothing for a program. */
export function showProgress(terminal: Terminal): Progress {
  const reports: ChangeReport[] = [];
  const jobs = new JobLedger();
  let isOver = false;
  const view = terminal.jsonEnabled() ? silent : process.stdout.isTTY ? stages() : lines(terminal);
  return {
    note: (event) => {
      if (event.kind === 'stageEnded') reports.push(...event.reports);
      if (event.kind === 'flagging') jobs.note(event.event);
      if (!isOver) view.note(event);
    },
    end: (succeeded) => {
      if (!isOver) view.end(succeeded);
      isOver = true;
    },
    reports: () => reports,
    jobs,
  };
}

/** Records of each change are counted on their own. */
class Flagging {
  #change: Change | null = null;
  #rows = new RowProgress();

  public after({ change, event }: Extract<ProgressEvent, { readonly kind: 'flagging' }>): Shown | null {
    if (change !== this.#change) {
      this.#change = change;
      this.#rows = new RowProgress();
    }
    return this.#rows.after(event, Date.now());
  }
}

type View = Pick<Progress, 'note' | 'end'>;

const silent: View = { note: () => undefined, end: () => undefined };

function lines(terminal: Terminal): View {
  const flagging = new Flagging();
  const pace = new LogPace();
  return {
    note: (event) => {
      if (event.kind === 'flagging') {
        const shown = flagging.after(event);
        if (shown !== null && pace.isTime(shown, Date.now()))
          terminal.logToStderr(withObject(event.change, logLine(shown)));
        return;
      }
      const line = lineOf(event);
      if (line !== undefined) terminal.logToStderr(line);
    },
    end: () => undefined,
  };
}

function withObject(change: Change, line: string): string {
  return texts.getMessage('progress.flagging', [change.type, line]);
}

function lineOf(event: Exclude<ProgressEvent, { readonly kind: 'flagging' }>): string | undefined {
  switch (event.kind) {
    case 'looking':
      return texts.getMessage(event.again ? 'progress.lookingAgain' : 'progress.looking');
    case 'validating':
      return texts.getMessage('progress.validating');
    case 'stageStarted':
      return `${titleOf(event.stage)} …`;
    case 'waiting':
      return texts.getMessage('progress.waiting', [plainLine(event.change.name)]);
    case 'retrying':
      return texts.getMessage('progress.retrying', [plainLine(event.reason)]);
    case 'stagesPlanned':
    case 'stageEnded':
      return undefined;
  }
}

const narrowestLine = 16;

type StageData = { readonly records: string };

/** Beside the object's name, and further in than the stages. */
function lineColumns({ type }: Change): number {
  const indentation = 6;
  return Math.max(narrowestLine, process.stdout.columns - type.length - indentation);
}

function stages(): View {
  let output: MultiStageOutput<StageData> | undefined;
  const flagging = new Flagging();
  const readBack = texts.getMessage('progress.readBack');
  return {
    note: (event) => {
      if (event.kind === 'stagesPlanned') {
        output ??= new MultiStageOutput({
          jsonEnabled: false,
          title: texts.getMessage('progress.title'),
          stages: [...new Set(event.stages.map(titleOf)), readBack],
          stageSpecificBlock: event.stages
            .filter(({ phases }) => phases.includes('flags'))
            .map((stage) => ({ stage: titleOf(stage), type: 'message', get: (data) => data?.records })),
        });
      }
      if (event.kind === 'flagging') {
        const shown = flagging.after(event);
        if (shown !== null)
          output?.updateData({ records: withObject(event.change, progressLine(shown, lineColumns(event.change))) });
      }
      if (event.kind === 'stageStarted') output?.goto(titleOf(event.stage));
      if (event.kind === 'looking' && event.again) output?.goto(readBack);
    },
    end: (succeeded) => {
      if (succeeded) output?.stop();
      else output?.error();
    },
  };
}

function titleOf(stage: Stage): string {
  return stage.phases.map((phase) => texts.getMessage(`phase.${phase}`)).join(', ');
}
