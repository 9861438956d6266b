import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LoginTarget } from './login.ts';

/** The release that the recorded traffic comes from. */
const version = '2.150.6';

export type CliResult = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type CliOptions = {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
};

/** The stock Salesforce CLI with a HOME of its own, so that neither the user's orgs nor their settings are touched. */
export class StockCli {
  public readonly home: string;
  readonly #entry: string;
  readonly #children = new Set<ChildProcess>();

  private constructor(home: string, entry: string) {
    this.home = home;
    this.#entry = entry;
  }

  public static async create(): Promise<StockCli> {
    const entry = await installedCli();
    return new StockCli(await mkdtemp(join(tmpdir(), 'stock-cli-')), entry);
  }

  public run(argv: readonly string[], { cwd, environment = {}, input }: CliOptions = {}): Promise<CliResult> {
    const child = spawn(process.execPath, ['--no-deprecation', this.#entry, ...argv], {
      cwd: cwd ?? this.home,
      env: { ...this.#environment(), ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    child.stdin.end(input ?? '');
    return collect(child).finally(() => this.#children.delete(child));
  }

  /** Runs with --json and returns the parsed answer, whatever the exit code. */
  public async json<Result = unknown>(argv: readonly string[], options: CliOptions = {}): Promise<JsonAnswer<Result>> {
    const { stdout, stderr } = await this.run([...argv, '--json'], options);
    try {
      return JSON.parse(stdout) as JsonAnswer<Result>;
    } catch {
      throw new Error(`sf ${argv.join(' ')} answered no JSON:\n${stdout}\n${stderr}`);
    }
  }

  public async login(target: LoginTarget, alias: string): Promise<void> {
    const argv = ['org', 'login', 'access-token', '--instance-url', target.url, '--alias', alias, '--no-prompt'];
    const answer = await this.json(argv, { environment: { SF_ACCESS_TOKEN: target.accessToken } });
    if (answer.status !== 0) throw new Error(`login failed: ${JSON.stringify(answer)}`);
  }

  public async dispose(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await rm(this.home, { recursive: true, force: true, maxRetries: 3 });
  }

  #environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(?:SF_|SFDX_|NODE_ENV$|NODE_OPTIONS$|VITEST)/.test(name),
    );
    return {
      ...Object.fromEntries(inherited),
      HOME: this.home,
      XDG_DATA_HOME: join(this.home, '.local', 'share'),
      XDG_CONFIG_HOME: join(this.home, '.config'),
      XDG_CACHE_HOME: join(this.home, '.cache'),
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
      SF_DISABLE_AUTOUPDATE: 'true',
      SF_DISABLE_TELEMETRY: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
    };
  }
}

export type JsonAnswer<Result> = {
  readonly status: number;
  readonly result: Result;
  readonly name?: string;
  readonly message?: string;
  readonly warnings?: readonly string[];
  readonly exitCode?: number;
};

function collect(child: ChildProcess): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
}

/** Known before any test gives its process another HOME. */
const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');

/** Installed once a machine, into a folder named after the release; later runs find it there. */
async function installedCli(): Promise<string> {
  const folder = join(cache, 'sf-integration-user', `sf-cli-${version}`);
  const entry = join(folder, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
  if (!existsSync(entry)) await install(folder);
  return entry;
}

/**
 * Into a folder beside the final one and renamed when complete: a test run killed half-way leaves nothing half-installed, and of
 * two installations at the same time the second one is thrown away.
 */
async function install(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const workplace = await mkdtemp(`${folder}-`);
  await writeFile(join(workplace, 'package.json'), '{"private":true}');
  const argv = ['install', `@salesforce/cli@${version}`, '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', argv, { cwd: workplace, stdio: ['ignore', 'pipe', 'pipe'] });
  const { exitCode, stderr } = await collect(child);
  if (exitCode !== 0) throw new Error(`the stock CLI could not be installed: ${stderr}`);
  try {
    await rename(workplace, folder);
  } catch (thrown) {
    await rm(workplace, { recursive: true, force: true });
    if (!existsSync(folder)) throw thrown;
  }
}
