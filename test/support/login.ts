import type { Connection } from '@salesforce/core';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a login goes: a practice server, or anything else with an address and a token. */
export type LoginTarget = { readonly url: string; readonly accessToken: string };

export type CliRun = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

const root = fileURLToPath(new URL('../../', import.meta.url));
const coreModule = import.meta.resolve('@salesforce/core');

/** Neither the user's orgs nor their settings nor the network are touched. */
function isolatedEnvironment(home: string): Readonly<Record<string, string>> {
  return {
    HOME: home,
    TMPDIR: tmpdir(),
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    NO_COLOR: '1',
  };
}

/** A connection inside this process, as the plugin's adapter gets one. */
export async function connectTo(target: LoginTarget, apiVersion?: string): Promise<Connection> {
  useScratchHome();
  const { AuthInfo, Connection } = await import('@salesforce/core');
  const authInfo = await AuthInfo.create({
    accessTokenOptions: { accessToken: target.accessToken, instanceUrl: target.url },
  });
  const connection = await Connection.create({ authInfo });
  if (apiVersion !== undefined) connection.setApiVersion(apiVersion);
  return connection;
}

let scratchHome: string | undefined;

/** The library writes below HOME, and reads it when it is first loaded. */
function useScratchHome(): string {
  scratchHome ??= mkdtempSync(join(tmpdir(), 'integration-user-home-'));
  Object.assign(process.env, isolatedEnvironment(scratchHome));
  return scratchHome;
}

/** A HOME in which bin/run.js finds its logins, and nothing else. */
export class PluginCli {
  public readonly home: string;

  private constructor(home: string) {
    this.home = home;
  }

  public static async create(): Promise<PluginCli> {
    return new PluginCli(await mkdtemp(join(tmpdir(), 'integration-user-cli-')));
  }

  /** Stores a login as `sf org login access-token` does, with an alias, and as the default org where told. */
  public async login(target: LoginTarget, alias: string): Promise<void> {
    const script = `
      import { AuthInfo, Connection } from ${JSON.stringify(coreModule)};
      const [accessToken, instanceUrl, alias] = process.argv.slice(1);
      const authInfo = await AuthInfo.create({ accessTokenOptions: { accessToken, instanceUrl } });
      await authInfo.save();
      await authInfo.handleAliasAndDefaultSettings({ alias, setDefault: false, setDefaultDevHub: false });
      await Connection.create({ authInfo });
    `;
    const argv = ['--input-type=module', '--eval', script, target.accessToken, target.url, alias];
    const { exitCode, stderr } = await run(argv, this.home, this.home);
    if (exitCode !== 0) throw new Error(stderr);
  }

  /** Runs the built plugin by itself, as `sf` would. */
  public async run(
    argv: readonly string[],
    cwd = this.home,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CliRun> {
    return start([join(root, 'bin', 'run.js'), ...argv], this.home, cwd, environment).finished;
  }

  /** Starts it and leaves it running, for tests that interrupt it. */
  public start(argv: readonly string[]): { readonly child: ChildProcess; readonly finished: Promise<CliRun> } {
    return start([join(root, 'bin', 'run.js'), ...argv], this.home, this.home);
  }

  public async json<Answer = CliJson>(argv: readonly string[]): Promise<Answer & { readonly exitCode: number }> {
    const { exitCode, stdout, stderr } = await this.run([...argv, '--json']);
    try {
      return { ...(JSON.parse(stdout) as Answer), exitCode };
    } catch {
      throw new Error(`${argv.join(' ')} answered no JSON:\n${stdout}\n${stderr}`);
    }
  }

  public async dispose(): Promise<void> {
    await rm(this.home, { recursive: true, force: true });
  }
}

export type CliJson = {
  readonly status: number;
  readonly result?: unknown;
  readonly name?: string;
  readonly message?: string;
  readonly actions?: readonly string[];
  readonly data?: unknown;
  readonly warnings?: readonly unknown[];
};

function run(argv: readonly string[], home: string, cwd: string): Promise<CliRun> {
  return start(argv, home, cwd).finished;
}

function start(
  argv: readonly string[],
  home: string,
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly finished: Promise<CliRun> } {
  const child = spawn(process.execPath, ['--no-deprecation', ...argv], {
    cwd,
    env: { PATH: process.env['PATH'], ...isolatedEnvironment(home), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const finished = new Promise<CliRun>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, ...output }));
  });
  return { child, finished };
}
