import type { ChangeStatus, Outcome } from '../planning/change.js';
import { plainLine } from './plain-text.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

/** One line a change, within 80 columns; what changes in it and what went wrong below the name. */
export function showOutcomes(terminal: Terminal, outcomes: readonly Outcome[]): void {
  if (outcomes.length === 0) return;
  terminal.table({
    title: texts.getMessage('changes.title'),
    data: outcomes.map((outcome) => ({
      status: texts.getMessage(`status.${outcome.status}`),
      action: texts.getMessage(`action.${outcome.action}`),
      type: outcome.type,
      name: nameAndDetail(outcome),
    })),
    columns: [
      { key: 'status', name: texts.getMessage('column.status') },
      { key: 'action', name: texts.getMessage('column.action') },
      { key: 'type', name: texts.getMessage('column.type') },
      { key: 'name', name: texts.getMessage('column.name') },
    ],
    overflow: 'wrap',
    // Where there is no terminal, the reader of a log still has about this many columns.
    ...(process.stdout.isTTY ? {} : { maxWidth: 80 }),
  });
}

export function summaryLine(outcomes: readonly Outcome[], apiRequests: number): string {
  const counts = new Map<ChangeStatus, number>();
  for (const { status } of outcomes) counts.set(status, (counts.get(status) ?? 0) + 1);
  const parts = [...counts].map(([status, count]) => `${String(count)} ${texts.getMessage(`status.${status}`)}`);
  const changes = parts.length === 0 ? texts.getMessage('summary.nothing') : parts.join(', ');
  return texts.getMessage('summary', [changes, apiRequests]);
}

function nameAndDetail({ name, before, after, message }: Outcome): string {
  const change = before === undefined ? after : `${before} → ${after ?? ''}`;
  return [name, change, message].flatMap((line) => (line === undefined ? [] : [plainLine(line)])).join('\n');
}
