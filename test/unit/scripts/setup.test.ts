import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const setup = fileURLToPath(new URL('../../../scripts/setup.mjs', import.meta.url));
const lock = { packages: { 'node_modules/node': { version: '24.1.0' } } };

/** npm writes the inner lock file last. */
const completes = '#!/bin/sh\necho "$@" >> npm-calls\nmkdir -p node_modules\ntouch node_modules/.package-lock.json\n';
const isKilled = '#!/bin/sh\necho "$@" >> npm-calls\nmkdir -p node_modules\nexit 137\n';

describe('Given a clone of the repository', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'setup-'));
    mkdirSync(join(folder, 'scripts'));
    mkdirSync(join(folder, 'bin'));
    copyFileSync(setup, join(folder, 'scripts', 'setup.mjs'));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (npm: string) => {
    const command = join(folder, 'bin', 'npm');
    writeFileSync(command, npm);
    chmodSync(command, 0o755);
    const env = { ...process.env, PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter) };
    return spawnSync(process.execPath, [join(folder, 'scripts', 'setup.mjs')], { env, encoding: 'utf8' });
  };
  const calls = (): readonly string[] => {
    const file = join(folder, 'npm-calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };

  it('When it is set up, Then what the lock file names is installed under the pinned Node', () => {
    run(completes);
    expect(calls()).toEqual([expect.stringMatching(/^exec --yes --package=node@24\.1\.0 -- npm ci /)]);
  });

  it('When it is set up, Then standard output stays empty', () => {
    expect(run('#!/bin/sh\necho noise\n').stdout).toBe('');
  });

  it('When it is set up twice, Then the second time installs nothing', () => {
    run(completes);
    run(completes);
    expect(calls()).toHaveLength(1);
  });

  it('When an installation was killed, Then that is reported and the next time installs again', () => {
    const killed = run(isKilled);
    run(completes);
    expect([killed.status, calls().length]).toEqual([137, 2]);
  });

  it('When the lock file is newer than the installed tree, Then it is installed again', () => {
    run(completes);
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(folder, 'package-lock.json'), later, later);
    run(completes);
    expect(calls()).toHaveLength(2);
  });
});
