import type { Connection } from '@salesforce/core';
import { afterEach } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { UserPart } from '../../src/definition/definition.js';
import type { EngineOptions, EngineOutcome } from '../../src/engine/engine.js';
import { createUser, practiceUsername } from './engine.ts';
import { connectTo } from './login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from './practice-server.ts';
import { createRecord } from './setup-records.ts';

export type LoggedRequest = { readonly method: string; readonly path: string; readonly changed: number };

/** An org of its own for each test, and runs of `create` on it. */
export class CreateScenario {
  #server: PracticeServer | undefined;
  #connection: Connection | undefined;
  readonly client = new PracticeClient(() => this.server);

  public constructor() {
    afterEach(async () => {
      await this.#server?.close();
      this.#server = undefined;
    });
  }

  public get server(): PracticeServer {
    if (this.#server === undefined) throw new Error('The scenario has no org yet.');
    return this.#server;
  }

  public async given(settings: SettingsOverrides = {}): Promise<void> {
    this.#server = await startPracticeServer({ records: 0, ...settings });
    this.#connection = await connectTo(this.#server);
  }

  public async create(
    user: Partial<UserPart> = {},
    options: Partial<EngineOptions> = {},
    connection = this.#connection,
  ): Promise<EngineOutcome> {
    if (connection === undefined) throw new Error('The scenario has no login yet.');
    return createUser(connection, user, options);
  }

  /** What a run asked the org, and how it ended: with an outcome or an error. */
  public async requestsOf<T>(
    run: () => Promise<T>,
  ): Promise<{ readonly requests: readonly LoggedRequest[]; readonly outcome: T }> {
    await this.client.send('DELETE', '/__practice__/requests');
    const outcome = await run();
    const { body } = await this.client.get<readonly LoggedRequest[]>('/__practice__/requests');
    return { requests: body, outcome };
  }

  public failing(user: Partial<UserPart> = {}): Promise<unknown> {
    return this.create(user).catch((error: unknown) => error);
  }

  public insert(sobject: string, values: Readonly<Record<string, unknown>>): Promise<string> {
    return createRecord(this.client, sobject, values);
  }

  public async patch(sobject: string, id: string, values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.client.send('PATCH', `/services/data/v66.0/sobjects/${sobject}/${id}`, { body: values });
  }

  public async idOf(soql: string): Promise<string> {
    return String((await this.client.query(soql))[0]?.['Id']);
  }

  public async userRow(fields: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const [row] = await this.client.query(`SELECT ${fields} FROM User WHERE Username = '${practiceUsername}'`);
    return row;
  }

  /** A user that create made, then changed by somebody. */
  public async existingUser(values: Readonly<Record<string, unknown>> = {}): Promise<string> {
    await this.create();
    const id = String((await this.userRow('Id'))?.['Id']);
    if (Object.keys(values).length > 0) await this.patch('User', id, values);
    return id;
  }
}

export function statusesOf({ result }: EngineOutcome): Readonly<Record<string, string>> {
  return Object.fromEntries(result.changes.map((change) => [change.name, change.status]));
}

export function findingCodes({ result }: EngineOutcome): readonly string[] {
  return result.findings.map((finding) => finding.code);
}
