import type { Connection } from '@salesforce/core';
import { afterAll } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { applyAll, type ApplyOptions } from '../../src/engine/apply.js';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { allFeatures } from '../../src/features/index.js';
import { leftoverFeature } from '../../src/features/leftovers/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { OrgPort } from '../../src/org/port.js';
import { definitionFrom } from './apply.ts';
import { engineOptions } from './engine.ts';
import { connectTo } from './login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from './practice-server.ts';

/** How a run of `apply` ended, with an outcome or an error, and how much of the org it changed. */
export type AppliedRun = {
  readonly exitCode: number;
  readonly error: string | null;
  readonly message: string;
  readonly statuses: Readonly<Record<string, string>>;
  readonly findings: readonly string[];
  readonly writes: number;
};

type RunOptions = Partial<ApplyOptions> & {
  readonly prune?: boolean;
  /** Username of the running user, where it is not the administrator. */
  readonly as?: string;
  /** Stands between the engine and the org. */
  readonly through?: (port: OrgPort) => OrgPort;
};
type Failure = Error & { readonly data?: EngineOutcome['result'] };
type Seen = { readonly ids: readonly string[]; readonly fields: readonly string[] };

/** An org, definitions applied to it one run after the other, and what its users see. Each `given` starts a new one. */
export class ApplyScenario {
  #server: PracticeServer | undefined;
  #connection: Connection | undefined;
  readonly client = new PracticeClient(() => this.server);

  public constructor() {
    afterAll(async () => {
      await this.#server?.close();
      this.#server = undefined;
    });
  }

  public get server(): PracticeServer {
    if (this.#server === undefined) throw new Error('The scenario has no org yet.');
    return this.#server;
  }

  public async given(settings: SettingsOverrides = {}): Promise<void> {
    await this.#server?.close();
    this.#server = await startPracticeServer(settings);
    this.#connection = await connectTo(this.#server);
  }

  /** Applies definitions in one run, as `--definition-dir` does with several. */
  public async apply(
    yaml: string | readonly string[],
    { prune = false, as, through = (port) => port, ...options }: RunOptions = {},
  ): Promise<AppliedRun> {
    const definitions = [yaml].flat().map(definitionFrom);
    const connection = as === undefined ? this.#connection : await this.#connectionOf(as);
    if (connection === undefined) throw new Error('The scenario has no login yet.');
    await this.client.send('DELETE', '/__practice__/requests');
    const run = applyAll(definitions, through(createOrgPort(connection)), {
      ...engineOptions(),
      features: [...allFeatures, leftoverFeature({ prune })],
      outputDir: null,
      failOnChanges: false,
      planned: () => undefined,
      ...options,
    });
    const ended = await run.then(toRun, failedRun);
    return { ...ended, writes: await this.#writes() };
  }

  async #connectionOf(username: string): Promise<Connection> {
    return connectTo({ url: this.server.url, accessToken: await this.client.tokenOf(username) });
  }

  async #writes(): Promise<number> {
    const { body } = await this.client.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
    return body.reduce((sum, { changed }) => sum + changed, 0);
  }

  /** Ids and readable fields of an object, as its token sees them. */
  public async seen(username: string, sobject: string): Promise<Seen> {
    const token = await this.client.tokenOf(username);
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT Id FROM ${sobject}`)}`;
    const { status, body } = await this.client.get<{ readonly records: ReadonlyArray<{ readonly Id: string }> }>(path, {
      token,
    });
    const described = await this.client.get<{ readonly fields: ReadonlyArray<{ readonly name: string }> }>(
      `/services/data/v66.0/sobjects/${sobject}/describe`,
      { token },
    );
    return {
      ids: status === 200 ? body.records.map(({ Id }) => Id).sort() : [],
      fields: described.status === 200 ? described.body.fields.map(({ name }) => name) : [],
    };
  }

  public async ids(soql: string): Promise<readonly string[]> {
    return (await this.client.query<{ readonly Id: string }>(soql)).map(({ Id }) => Id).sort();
  }
}

function toRun({ exitCode, result }: EngineOutcome): Omit<AppliedRun, 'writes'> {
  return { exitCode, error: null, message: '', ...parts(result) };
}

function failedRun(error: Failure): Omit<AppliedRun, 'writes'> {
  const { name, message, data } = error;
  return { exitCode: 1, error: name, message, ...parts(data) };
}

function parts(result: EngineOutcome['result'] | undefined): Pick<AppliedRun, 'statuses' | 'findings'> {
  return {
    statuses: Object.fromEntries(
      (result?.changes ?? []).map(({ action, type, name, status }) => [`${action} ${type} ${name}`, status]),
    ),
    findings: (result?.findings ?? []).map(({ code, subject }) => `${code} ${subject}`),
  };
}
