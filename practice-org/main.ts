import { parseCommandLine, usage, UsageError, type CommandLine } from './server/command-line.ts';
import { startServer, type PracticeServer } from './server/start.ts';

/** Exit code of wrong flags, as everywhere in the CLI. */
const wrongFlags = 2;

const commandLine = readCommandLine();
const server = await startServer(commandLine.settings, { port: commandLine.port });
announce(server);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());

function readCommandLine(): CommandLine {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    process.stderr.write(`${thrown.message}\n\n${usage}`);
    process.exit(wrongFlags);
  }
}

function announce({ url, org, accessToken }: PracticeServer): void {
  const username = org.store.find('User', org.adminUserId)?.['Username'];
  const line = { instanceUrl: url, organizationId: org.organizationId, username, accessToken };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
