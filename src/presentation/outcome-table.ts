import type { ChangeStatus, Outcome } from '../planning/change.js';
import { abbreviated } from './abbreviation.js';
import { plainLine } from './plain-text.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

/** Up to this many changes are listed one and all; beyond it, what is already so is only counted. */
const mostListed = 30;

/** One line a change, within 80 columns; what changes in it and what went wrong below the name. */
export function showOutcomes(terminal: Terminal, all: readonly Outcome[]): void {
  const outcomes = all.length <= mostListed ? all : all.filter(({ status }) => status !== 'unchanged');
  if (outcomes.length === 0) return;
  terminal.table({
    title: texts.getMessage('changes.title'),
    data: outcomes.flatMap(rowsOf),
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

type TableRow = { readonly status: string; readonly action: string; readonly type: string; readonly name: string };

/** Details have rows of their own: the table counts a line break inside a cell as a column. */
function rowsOf({ status, action, type, name, before, after, message }: Outcome): readonly TableRow[] {
  const change = before === undefined ? after : `${before} → ${after ?? ''}`;
  const details = [change, message].flatMap((line) => (line === undefined ? [] : [abbreviated(plainLine(line))]));
  return [
    {
      status: texts.getMessage(`status.${status}`),
      action: texts.getMessage(`action.${action}`),
      type,
      name: plainLine(name),
    },
    ...details.map((detail) => ({ status: '', action: '', type: '', name: detail })),
  ];
}
