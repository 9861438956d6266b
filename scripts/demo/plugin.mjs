/** The plugin, run the way a person runs it. */
import { createInterface } from 'node:readline';
import { ended } from './processes.mjs';

const loginScript = `
  import { AuthInfo } from '@salesforce/core';
  const { DEMO_URL: instanceUrl, DEMO_TOKEN: accessToken, DEMO_ALIAS: alias } = process.env;
  const login = await AuthInfo.create({ accessTokenOptions: { accessToken, instanceUrl, loginUrl: instanceUrl } });
  await login.save();
  await login.handleAliasAndDefaultSettings({ alias, setDefault: alias === 'practice', setDefaultDevHub: false });`;

/** What "sf org login access-token" does, so that the demo needs no stock CLI. */
export async function logIn(start, org, accessToken, alias) {
  const env = { DEMO_URL: org.instanceUrl, DEMO_TOKEN: accessToken, DEMO_ALIAS: alias };
  const { exitCode, output } = await ended(
    start(['--input-type=module', '--eval', loginScript], { env, stdio: 'pipe' }),
  );
  if (exitCode !== 0) throw new Error(`The login to the practice org as "${alias}" failed:\n${output}`);
}

/** Shows a command as one would type it and lets it write to the terminal; throws where it ends unexpectedly. */
export async function type(start, args, { folder, root }) {
  console.log(`$ sf integration-user ${args.map(quoted).join(' ')}\n`);
  const child = start([`${root}bin/run.js`, 'integration-user', ...args], { cwd: folder, stdio: ['ignore', 1, 2] });
  const { exitCode } = await ended(child);
  if (exitCode !== 0) throw new Error(`"sf integration-user ${args[0]}" ended with exit code ${exitCode}.`);
}

/** As type, for a command that would repeat a plan that was shown: only its stages, as they come, and its last line. */
export async function typeShort(start, args, { folder, root }) {
  console.log(`$ sf integration-user ${args.map(quoted).join(' ')}\n`);
  const child = start([`${root}bin/run.js`, 'integration-user', ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.endsWith('…')) console.log(line);
  });
  const { exitCode, output } = await ended(child);
  if (exitCode !== 0) throw new Error(output);
  console.log(output.trimEnd().split('\n').at(-1));
}

/** As type, for a command whose output is not the point: only what it returned, from --json. */
export async function typeQuietly(start, args, { folder, root }) {
  console.log(`$ sf integration-user ${args.map(quoted).join(' ')}`);
  const options = { cwd: folder, stdio: ['ignore', 'pipe', 2] };
  const { exitCode, output } = await ended(
    start([`${root}bin/run.js`, 'integration-user', ...args, '--json'], options),
  );
  if (exitCode !== 0) throw new Error(output);
  return JSON.parse(output).result;
}

function quoted(argument) {
  return /[^\w@.:/=-]/.test(argument) ? `"${argument}"` : argument;
}
