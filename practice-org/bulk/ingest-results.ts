import { csvLine, rowsOf } from './csv.ts';
import type { IngestJob } from './ingest-job.ts';
import { lineEndingText } from './job-information.ts';
import type { RowOutcome } from './row-outcomes.ts';

export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

const chunkRows = 1000;

/** Result files are made from the upload and the outcomes when they are asked for. */
export async function* resultFile(job: IngestJob, kind: ResultKind): AsyncGenerator<string> {
  const { columnDelimiter, lineEnding } = job.origin;
  const line = (cells: readonly string[]): string => csvLine(cells, columnDelimiter, lineEndingText(lineEnding));
  let idColumn = -1;
  let row = -1;
  let lines: string[] = [];
  for await (const cells of rowsOf(job.content, columnDelimiter)) {
    if (row < 0) {
      idColumn = cells.findIndex((name) => name.toLowerCase() === 'id');
      lines.push(line([...leadingNames[kind], ...cells]));
    } else {
      const leading = leadingCells(kind, job.outcomes.at(row), cells[idColumn] ?? '');
      if (leading !== undefined) lines.push(line([...leading, ...cells]));
    }
    row += 1;
    if (lines.length < chunkRows) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

const leadingNames: Readonly<Record<ResultKind, readonly string[]>> = {
  successfulResults: ['sf__Id', 'sf__Created'],
  failedResults: ['sf__Id', 'sf__Error'],
  unprocessedrecords: [],
};

/** The sf__ cells of a row that belongs into the file; undefined for a row that does not. */
function leadingCells(kind: ResultKind, outcome: RowOutcome, ownId: string): readonly string[] | undefined {
  switch (kind) {
    case 'successfulResults':
      return outcome.kind === 'saved' ? [outcome.id ?? ownId, String(outcome.created)] : undefined;
    case 'failedResults':
      return outcome.kind === 'failed' ? [outcome.id ?? ownId, outcome.error] : undefined;
    case 'unprocessedrecords':
      return outcome.kind === 'unprocessed' ? [] : undefined;
  }
}
