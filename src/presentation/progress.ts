import { MultiStageOutput } from '@oclif/multi-stage-output';
import type { ChangeReport, ProgressEvent, Stage } from '../execution/session.js';
import { plainLine } from './plain-text.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

export type Progress = {
  readonly note: (event: ProgressEvent) => void;
  readonly end: (succeeded: boolean) => void;
  /** What is done so far, for whoever interrupts. */
  readonly reports: () => readonly ChangeReport[];
};

/** Stages that move on a terminal, plain lines on stderr elsewhere, nothing for a program. */
export function showProgress(terminal: Terminal): Progress {
  const reports: ChangeReport[] = [];
  const view = terminal.jsonEnabled() ? silent : process.stdout.isTTY ? stages() : lines(terminal);
  return {
    note: (event) => {
      if (event.kind === 'stageEnded') reports.push(...event.reports);
      view.note(event);
    },
    end: view.end,
    reports: () => reports,
  };
}

type View = Pick<Progress, 'note' | 'end'>;

const silent: View = { note: () => undefined, end: () => undefined };

function lines(terminal: Terminal): View {
  return {
    note: (event) => {
      const line = lineOf(event);
      if (line !== undefined) terminal.logToStderr(line);
    },
    end: () => undefined,
  };
}

function lineOf(event: ProgressEvent): string | undefined {
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

function stages(): View {
  let output: MultiStageOutput<Record<string, unknown>> | undefined;
  const readBack = texts.getMessage('progress.readBack');
  return {
    note: (event) => {
      if (event.kind === 'stagesPlanned') {
        output ??= new MultiStageOutput({
          jsonEnabled: false,
          title: texts.getMessage('progress.title'),
          stages: [...new Set(event.stages.map(titleOf)), readBack],
        });
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
