/**
 * Installs what package-lock.json names, when the installed tree is older than the lock file. Runs before every script that
 * needs the tree, so it is plain JavaScript without dependencies, for any Node from 18 on.
 *
 * The install itself runs under the Node version that the project pins: an older Node makes npm leave out the native parts of
 * packages whose `engines` ask for more, and the tree would look complete without being so.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function modified(path) {
  try {
    return statSync(root + path).mtimeMs;
  } catch {
    return 0;
  }
}

function pinnedNode() {
  const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  return lock.packages['node_modules/node'].version;
}

// npm writes the inner lock file last: it is missing, or older, when an install was cut short.
if (modified('node_modules/.package-lock.json') < modified('package-lock.json')) {
  const install = [
    'exec',
    '--yes',
    `--package=node@${pinnedNode()}`,
    '--',
    'npm',
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  // Standard output belongs to what the user asked for.
  const { status, error } = spawnSync('npm', install, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error !== undefined)
    console.error(`npm could not be started: ${error.message}. Install Node.js with npm, then run this again.`);
  process.exitCode = status ?? 1;
}
