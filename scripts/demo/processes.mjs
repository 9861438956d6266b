/** Child processes that never outlive the demo. */
import { spawn } from 'node:child_process';

/** Ends everything in time to be noticed as slow, not as hanging. */
const deadlineMs = 180_000;

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** `start` runs this Node with arguments; whatever is still running when the demo ends, in whichever way, is stopped. */
export function processes({ cwd, env, cleanUp }) {
  const running = new Set();
  const stop = () => {
    for (const child of running) child.kill('SIGTERM');
    cleanUp();
  };
  for (const [signal, exitCode] of Object.entries(signals)) process.once(signal, () => process.exit(exitCode));
  process.once('exit', stop);
  setTimeout(() => {
    console.error(`The demo was stopped: it has taken more than ${deadlineMs / 1000} seconds.`);
    process.exit(1);
  }, deadlineMs).unref();

  const start = (args, { env: extra = {}, ...options } = {}) => {
    const child = spawn(process.execPath, args, { cwd, ...options, env: { ...env, ...extra } });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  return { start };
}

/** Resolves with the exit code and what was written to pipes. */
export function ended(child) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
