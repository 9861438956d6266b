import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkDelivery, deliver } from '../../../src/presentation/report-delivery.js';
import { readableColumns, type Terminal } from '../../../src/presentation/terminal.js';
import { reportOptions, resultNaming } from '../../support/verification-results.ts';

const { circumstances } = reportOptions();

function terminalWith(isJson: boolean): { readonly terminal: Terminal; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const unused = (): never => {
    throw new Error('not expected');
  };
  const terminal: Terminal = {
    log: (...texts) => void lines.push(...texts.map(String)),
    jsonEnabled: () => isJson,
    logToStderr: unused,
    warn: unused,
    info: unused,
    table: unused,
    styledHeader: unused,
    confirm: unused,
  };
  return { terminal, lines };
}

describe('Given a person at a terminal', () => {
  beforeEach(() => {
    vi.spyOn(process, 'stdout', 'get').mockReturnValue({ ...process.stdout, isTTY: true, columns: 40 } as never);
  });
  afterEach(() => vi.restoreAllMocks());

  it('When an HTML page is asked for without a file, Then it is refused with what to do', async () => {
    const checking = checkDelivery(terminalWith(false).terminal, { format: 'html', outputFile: null });
    await expect(checking).rejects.toMatchObject({
      name: 'PageOnTerminalError',
      actions: [expect.stringContaining('--output-file')],
    });
  });

  it('When --json is asked for as well, Then the page is not shown, so nothing is refused', async () => {
    await checkDelivery(terminalWith(true).terminal, { format: 'html', outputFile: null });
  });

  it('When the report is for people, Then it has the width of the terminal', async () => {
    const { terminal, lines } = terminalWith(false);
    await deliver(terminal, resultNaming('A name of some words'), { format: 'human', outputFile: null, circumstances });
    expect(
      lines
        .join('\n')
        .split('\n')
        .filter((line) => line.length > 40),
    ).toEqual([]);
  });
});

describe('Given widths of terminals', () => {
  it('When tables are made, Then they have what can be read, and files and logs the usual width', () => {
    const onTerminal = [20, 60, 200].map((columns) => readableColumns({ isTTY: true, columns }));
    expect([...onTerminal, readableColumns({ isTTY: false, columns: 200 })]).toEqual([40, 60, 120, 80]);
  });
});

describe('Given a file to write to', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'integration-user-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('When it is written, Then it holds the report, and the terminal the summary and the path', async () => {
    const { terminal, lines } = terminalWith(false);
    const outputFile = join(folder, 'report.csv');
    await deliver(terminal, resultNaming('Name'), { format: 'csv', outputFile, circumstances });
    expect(await readFile(outputFile, 'utf8')).toMatch(/^kind,name,/);
    expect(lines).toEqual(['1 checks passed, 1 failed, 1 unknown. 7 requests.', `Wrote the report to ${outputFile}.`]);
  });

  it('When it has no name, Then that is said', async () => {
    const checking = checkDelivery(terminalWith(false).terminal, { format: 'csv', outputFile: '' });
    await expect(checking).rejects.toMatchObject({ message: expect.stringContaining('names no file') as string });
  });

  it('When it could be written, Then the check makes no file', async () => {
    const outputFile = join(folder, 'report.csv');
    await checkDelivery(terminalWith(false).terminal, { format: 'csv', outputFile });
    await expect(readFile(outputFile)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
