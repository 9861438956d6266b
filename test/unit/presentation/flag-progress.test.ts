import { afterEach, describe, expect, it, vi } from 'vitest';
import { flagProgress, LogPace } from '../../../src/presentation/flag-progress.js';
import type { Terminal } from '../../../src/presentation/terminal.js';

class Screen {
  public readonly columns: number;
  public readonly isTTY: boolean;
  public readonly logged: string[] = [];
  public written = '';

  public constructor(isTTY: boolean, columns = 40) {
    this.isTTY = isTTY;
    this.columns = columns;
  }

  public write(text: string): boolean {
    this.written += text;
    return true;
  }

  /** What a person reads, line by line; a carriage return or a jump to the first column begins a line anew. */
  public get lines(): readonly string[] {
    return this.written
      .replace(/\u001B\[1G/g, '\r')
      .replace(/\u001B(?:\[[0-9?]*[A-Za-z]|[78])/g, '')
      .split('\r')
      .filter((line) => line !== '');
  }

  public terminal(json = false): Terminal {
    const unused = (): never => {
      throw new Error('not expected');
    };
    return {
      ...{ log: unused, warn: unused, info: unused, table: unused, styledHeader: unused, confirm: unused },
      logToStderr: (line = '') => {
        this.logged.push(line);
      },
      jsonEnabled: () => json,
    };
  }
}

/** Drawing is at most a few times a second; what was last there is drawn when it goes. */
function run(screen: Screen, json = false): void {
  const view = flagProgress(screen.terminal(json), screen);
  view.expect(8_000);
  view.note({ kind: 'phase', phase: 'counting', done: null });
  view.note({ kind: 'rows', done: 4_000, total: null });
  view.clear();
  view.note({ kind: 'rows', done: 8_000, total: null });
  view.end();
  view.note({ kind: 'rows', done: 8_000, total: null });
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('Given a terminal of 40 columns', () => {
  it('When rows are written, Then one line is drawn over, never fills the last column, and is gone in the end', () => {
    vi.stubEnv('CI', '');
    vi.stubEnv('TERM', 'xterm');
    const screen = new Screen(true);
    run(screen);
    expect({
      first: screen.lines[0],
      hasBar: screen.lines.includes(`${'█'.repeat(8)}${'░'.repeat(8)} 4,000 of 8,000 records`),
      tooLong: screen.lines.filter((line) => line.length >= screen.columns),
      newLines: screen.written.includes('\n'),
      end: screen.written.endsWith('\u001B[1G\u001B[2K'),
      logged: screen.logged,
    }).toEqual({ first: 'Counting records …', hasBar: true, tooLong: [], newLines: false, end: true, logged: [] });
  });

  it.each([
    ['in a pipeline', { CI: 'true', TERM: 'xterm' }],
    ['that can’t move the cursor', { CI: '', TERM: 'dumb' }],
  ])('When it is one %s, Then lines are written instead', (_, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const screen = new Screen(true);
    run(screen);
    expect([screen.written, screen.logged]).toEqual([
      '',
      ['Counting records …', '4,000 of 8,000 records', '8,000 of 8,000 records'],
    ]);
  });
});

describe('Given a log', () => {
  it('When rows are written, Then each phase, the first and the last rows are told', () => {
    const screen = new Screen(false);
    run(screen);
    expect([screen.written, screen.logged]).toEqual([
      '',
      ['Counting records …', '4,000 of 8,000 records', '8,000 of 8,000 records'],
    ]);
  });

  it('When rows are told often, Then a line is written every ten seconds', () => {
    const pace = new LogPace();
    const times = Array.from({ length: 26 }, (_, second) => second * 1_000);
    const told = times.filter((now) => pace.isTime({ kind: 'rows', done: now, total: null, perSecond: null }, now));
    expect(told).toEqual([0, 10_000, 20_000]);
  });
});

describe('Given a program that reads', () => {
  it.each([true, false])('When the command is on a terminal (%s), Then nothing is shown', (isTTY) => {
    const screen = new Screen(isTTY);
    run(screen, true);
    expect([screen.written, screen.logged]).toEqual(['', []]);
  });
});
