import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { BulkPort } from '../../src/org/bulk.js';
import type { OrgPort } from '../../src/org/port.js';
import type { FlagRequest } from '../../src/records/flag-request.js';
import type { FlagRunOutcome } from '../../src/records/run.js';
import { countOf, flag, flagField, makeFlag, type FlagRunOverrides } from './flagging.ts';
import { connectTo } from './login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from './practice-server.ts';

/** For each test a practice org of its own, with the flag on accounts unless told otherwise. */
export function useFlagOrg(settings: SettingsOverrides, objects: readonly string[] = ['Account']): FlagOrg {
  const org = new FlagOrg();
  beforeEach(() => org.start(settings, objects));
  afterEach(() => org.stop());
  return org;
}

class FlagOrg {
  public readonly client = new PracticeClient(() => this.server);
  #running: { readonly server: PracticeServer; readonly connection: Connection } | undefined;

  public async start(settings: SettingsOverrides, objects: readonly string[]): Promise<void> {
    const server = await startPracticeServer(settings);
    this.#running = { server, connection: await connectTo(server) };
    await makeFlag(this.client, objects);
  }

  public async stop(): Promise<void> {
    await this.server.close();
    this.#running = undefined;
  }

  public get server(): PracticeServer {
    return this.#now.server;
  }

  public get port(): OrgPort {
    return createOrgPort(this.#now.connection);
  }

  /** The real adapter, but for one thing that a Bulk job does or says. */
  public portWith(change: (bulk: BulkPort) => Partial<BulkPort>): OrgPort {
    const { port } = this;
    return { ...port, bulk: { ...port.bulk, ...change(port.bulk) } };
  }

  public flag(request: FlagRequest, overrides: FlagRunOverrides = {}): Promise<FlagRunOutcome> {
    return flag(this.#now.connection, request, overrides);
  }

  public countOf(condition: string, object?: string): Promise<number> {
    return countOf(this.client, condition, object);
  }

  public flagged(): Promise<number> {
    return this.countOf(`${flagField} = true`);
  }

  /** From now on until told otherwise. */
  public given(...faults: readonly object[]): Promise<unknown> {
    return this.client.post('/__practice__/faults', faults);
  }

  get #now(): { readonly server: PracticeServer; readonly connection: Connection } {
    if (this.#running === undefined) throw new Error('the org runs only inside tests');
    return this.#running;
  }
}
