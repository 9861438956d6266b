/**
 * The proof of many records: `node bench/verify.ts [accounts]`, default 1,000,000. Prints time, largest resident memory and
 * requests of verify, for a tenth of the records and for all of them: only the time may grow. The practice org runs in a
 * process of its own.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginCli } from '../test/support/login.ts';
import { measured, type Measured } from '../test/support/measured.ts';
import { startPracticeProcess } from '../test/support/practice-process.ts';

const accounts = Number(process.argv[2] ?? 1_000_000);
const username = 'hubspot.integration@acme.example';
const document = `
integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
grant: { objects: { Account: [read] } }
share:
  organizationWideDefaults: manage
  objects: { Account: { access: read, flagInitially: "Name LIKE '%77'" } }
`;

type LoggedRequest = { readonly path: string; readonly method: string };
type Practice = Awaited<ReturnType<typeof startPracticeProcess>>;

for (const records of [accounts / 10, accounts]) await prove(records);

async function prove(records: number): Promise<void> {
  const practice = await startPracticeProcess(records);
  const plugin = await PluginCli.create();
  try {
    await plugin.login(practice, 'practice');
    const file = join(plugin.home, 'hubspot.yaml');
    await writeFile(file, document);
    const target = ['--target-org', 'practice', '--definition-file', file];
    expectExit(await plugin.run(['integration-user', 'apply', ...target, '--no-prompt']));
    await control(practice, 'DELETE');
    const run = await measured((environment) =>
      plugin.run(['integration-user', 'verify', ...target, '--json'], plugin.home, environment),
    );
    print(records, run, await control(practice, 'GET'));
  } finally {
    await plugin.dispose();
    await practice.stop();
  }
}

async function control(practice: Practice, method: 'GET' | 'DELETE'): Promise<readonly LoggedRequest[]> {
  const answer = await fetch(`${practice.url}/__practice__/requests`, { method });
  return method === 'GET' ? ((await answer.json()) as readonly LoggedRequest[]) : [];
}

function expectExit({
  exitCode,
  stdout,
  stderr,
}: {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}): void {
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}\n${stdout}\n${stderr}`);
}

function print(records: number, run: Measured, requests: readonly LoggedRequest[]): void {
  const bulk = requests.filter(({ path, method }) => method === 'GET' && path.includes('/jobs/query/')).length;
  console.log(
    `${records} accounts: ${run.seconds.toFixed(1)} s, ${run.mebibytes.toFixed(0)} MiB, ` +
      `${requests.length - bulk} requests and ${bulk} for Bulk polling and pages`,
  );
}
