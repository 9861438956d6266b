import { parseArgs } from 'node:util';
import { AuthInfo, Connection, StateAggregator } from '@salesforce/core';
import { probes } from './all.ts';
import { ProbeApi } from './probe-api.ts';
import { render, runProbes } from './run.ts';

const usage = `Usage: npm run probe -- -o ALIAS [--write]

Asks an org the questions that no public source settles and prints its answers beside those of the practice org.
Without --write only what reads is asked. With it, writes are tried inside requests that are always rolled back.
`;

const { target, withWrites } = readCommandLine();
const results = await runProbes(await connect(target), probes, { withWrites });
for (const result of results) process.stdout.write(`${render(result)}\n`);
process.exitCode = results.some((result) => result.verdict === 'different') ? 3 : 0;

function readCommandLine(): { readonly target: string; readonly withWrites: boolean } {
  try {
    const { values } = parseArgs({
      strict: true,
      options: { 'target-org': { type: 'string', short: 'o' }, write: { type: 'boolean', default: false } },
    });
    if (values['target-org'] === undefined) throw new Error('-o ALIAS is missing');
    return { target: values['target-org'], withWrites: values.write };
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`);
    process.exit(2);
  }
}

/** An org that the Salesforce CLI knows, by alias or username. */
async function connect(aliasOrUsername: string): Promise<ProbeApi> {
  const { aliases } = await StateAggregator.getInstance();
  const username = aliases.resolveUsername(aliasOrUsername);
  const connection = await Connection.create({ authInfo: await AuthInfo.create({ username }) });
  // An access token may have ended; any request lets the library fetch another one first.
  await connection.identity();
  return new ProbeApi({ instanceUrl: connection.instanceUrl, accessToken: connection.accessToken ?? '' });
}
