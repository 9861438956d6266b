import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MetadataFiles } from './deployment.ts';
import { DxProject } from './dx-project.ts';
import type { LoginTarget } from './login.ts';
import { StockCli, type JsonAnswer } from './stock-cli.ts';

type Value = string | boolean | null;
export type Values = Readonly<Record<string, Value>>;

/** Somebody who changes an org by nothing but commands of the stock CLI. Throws with the CLI's words where one fails. */
export class StockCliAdministrator {
  readonly #cli: StockCli;
  readonly #project: DxProject;

  private constructor(cli: StockCli, project: DxProject) {
    this.#cli = cli;
    this.#project = project;
  }

  public static async create(target: LoginTarget): Promise<StockCliAdministrator> {
    const cli = await StockCli.create();
    await cli.login(target, 'practice');
    return new StockCliAdministrator(cli, await DxProject.create());
  }

  public async dispose(): Promise<void> {
    await this.#project.dispose();
    await this.#cli.dispose();
  }

  public async insert(sobject: string, values: Values): Promise<string> {
    const { id } = await this.#succeed<{ readonly id: string }>([
      ...['data', 'create', 'record', '--sobject', sobject, '--values', assignments(values)],
    ]);
    return id;
  }

  /** `data update record` has no way to empty a lookup. */
  public async update(sobject: string, id: string, values: Values): Promise<void> {
    if (Object.values(values).includes(null)) return this.#patch(sobject, id, values);
    await this.#succeed([
      ...['data', 'update', 'record', '--sobject', sobject, '--record-id', id, '--values', assignments(values)],
    ]);
  }

  public async remove(sobject: string, id: string): Promise<void> {
    await this.#succeed(['data', 'delete', 'record', '--sobject', sobject, '--record-id', id]);
  }

  public async assign(permissionSet: string, username: string): Promise<void> {
    await this.#succeed(['org', 'assign', 'permset', '--name', permissionSet, '--on-behalf-of', username]);
  }

  public async deploy(files: MetadataFiles): Promise<void> {
    const folder = await mkdtemp(join(this.#project.folder, 'package-'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    await this.#succeed(['project', 'deploy', 'start', '--metadata-dir', folder, '--single-package']);
    await rm(folder, { recursive: true });
  }

  async #patch(sobject: string, id: string, values: Values): Promise<void> {
    const path = `/services/data/v66.0/sobjects/${sobject}/${id}`;
    const argv = ['api', 'request', 'rest', path, '--method', 'PATCH', '--body', JSON.stringify(values)];
    const { exitCode, stderr } = await this.#cli.run([...argv, '--target-org', 'practice']);
    if (exitCode !== 0) throw new Error(stderr);
  }

  async #succeed<Result>(argv: readonly string[]): Promise<Result> {
    const options = { cwd: this.#project.folder };
    const answer: JsonAnswer<Result> = await this.#cli.json([...argv, '--target-org', 'practice'], options);
    if (answer.status !== 0) throw new Error(`sf ${argv.join(' ')}: ${JSON.stringify(answer)}`);
    return answer.result;
  }
}

function assignments(values: Values): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}='${String(value)}'`)
    .join(' ');
}
