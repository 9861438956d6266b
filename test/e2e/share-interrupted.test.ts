import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { practiceUsername } from '../support/engine.ts';
import { PluginCli } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { flagField, readingIntegrationUser } from '../support/sharing.ts';

/** All boundaries take minutes: a sample by default, all of them in the exhaustive run. */
const isExhaustive = process.env['EXHAUSTIVE'] !== undefined;
const sampled = [0.5, 0.85];
/** No run makes more requests than these. */
const mostRequests = 80;

const objects = ['Account', 'Contact', 'Lead'];
const conditions = ["Account:Name LIKE '%1'", "Contact:LastName LIKE '%2'"];
const shareCommand = [
  ...['integration-user', 'share-by-flag', '--integration', 'HubSpot', '--username', practiceUsername],
  ...['--sobject', 'Account:edit', '--sobject', 'Contact', '--allow-impact', 'owd', '--no-prompt'],
  ...conditions.flatMap((condition) => ['--flag-initially', condition]),
];
const definition = JSON.stringify({
  integration: 'HubSpot',
  user: { username: practiceUsername, email: 'integrations@acme.example' },
  grant: { objects: { Account: ['read'], Contact: ['read'] }, fields: { read: ['Account.Rating', 'Contact.Email'] } },
  share: {
    organizationWideDefaults: 'manage',
    objects: {
      Account: { access: 'edit', flagInitially: "Name LIKE '%1'" },
      Contact: { access: 'read', flagInitially: "LastName LIKE '%2'" },
    },
  },
});

type Rows = Readonly<Record<string, readonly string[]>>;
type Scenario = {
  readonly title: string;
  readonly prepare: (server: PracticeServer, client: PracticeClient) => Promise<unknown>;
  readonly argv: (home: string) => Promise<readonly string[]>;
  /** Ids beyond what the user may read before and after must never be readable in between. */
  readonly before: 'everything' | 'nothing';
};

const scenarios: readonly Scenario[] = [
  {
    title: 'share-by-flag where everything is Public Read/Write',
    prepare: (_server, client) => readingIntegrationUser(client, objects),
    argv: () => Promise.resolve(shareCommand),
    before: 'everything',
  },
  {
    title: 'share-by-flag where everything is Public Read Only',
    prepare: async (server, client) => {
      const readOnly = { internal: 'Read', external: 'Private' } as const;
      const family = ['Account', 'Contact', 'Opportunity', 'Case'];
      server.org.sharing.setModels(new Map(family.map((object) => [object, readOnly])));
      server.org.sharing.settle();
      await readingIntegrationUser(client, objects);
    },
    argv: () => Promise.resolve(shareCommand),
    before: 'everything',
  },
  {
    title: 'apply where the user doesn’t exist yet',
    prepare: () => Promise.resolve(),
    argv: async (home) => {
      const file = join(home, 'definition.json');
      await writeFile(file, definition);
      return ['integration-user', 'apply', '--definition-file', file, '--no-prompt'];
    },
    before: 'nothing',
  },
];

class Run {
  public readonly server: PracticeServer;
  public readonly client: PracticeClient;
  readonly #cli: PluginCli;
  readonly #argv: readonly string[];

  private constructor(server: PracticeServer, client: PracticeClient, cli: PluginCli, argv: readonly string[]) {
    this.server = server;
    this.client = client;
    this.#cli = cli;
    this.#argv = [...argv, '--target-org', 'practice'];
  }

  public static async prepare(scenario: Scenario): Promise<Run> {
    const server = await startPracticeServer({ records: 20, recalculationMs: 150 });
    const client = new PracticeClient(() => server);
    await scenario.prepare(server, client);
    const cli = await PluginCli.create();
    await cli.login(server, 'practice');
    await calculated(server);
    await client.send('DELETE', '/__practice__/requests');
    return new Run(server, client, cli, await scenario.argv(cli.home));
  }

  public async complete(): Promise<number> {
    return (await this.#cli.json(this.#argv)).exitCode;
  }

  /** Runs until so many requests are answered, and kills the process while the next one hangs without doing anything. */
  public async killAfter(requests: number): Promise<void> {
    const hang = { path: '/services/', afterN: requests, times: 1, latencyMs: 500, drop: 'before' };
    await this.client.post('/__practice__/faults', [hang]);
    const { child, finished } = this.#cli.start(this.#argv);
    const isOver = finished.then(() => true);
    while ((await this.requests()) <= requests && !(await settledSoon(isOver))) continue;
    child.kill('SIGKILL');
    await finished;
    await this.client.send('DELETE', '/__practice__/faults');
  }

  public async requests(): Promise<number> {
    return (await this.client.get<readonly unknown[]>('/__practice__/requests')).body.length;
  }

  public async visible(): Promise<Rows> {
    const [user] = await this.client.query(`SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    if (user === undefined) return Object.fromEntries(objects.map((object) => [object, []]));
    const token = await this.client.tokenOf(practiceUsername);
    return Object.fromEntries(
      await Promise.all(objects.map(async (object) => [object, await this.#idsOf(object, token)] as const)),
    );
  }

  public whenCalculated(): Promise<void> {
    return calculated(this.server);
  }

  /** Everything the plugin makes, by name: equal for equal outcomes. */
  public async state(): Promise<unknown> {
    const { declared } = this.server.org.sharing;
    const names = async (soql: string) => (await this.client.query(soql)).map(withoutIds);
    return {
      rules: declared.rules,
      models: objects.map((object) => declared.models.get(object)),
      visible: await this.visible(),
      flagged: await names(`SELECT Name FROM Account WHERE ${flagField} = true ORDER BY Name`),
      users: await names(`SELECT Username, IsActive FROM User WHERE Username LIKE 'hubspot%'`),
      groups: await names("SELECT DeveloperName, DoesIncludeBosses FROM Group WHERE DeveloperName LIKE 'HubSpot%'"),
      members: await names("SELECT Group.DeveloperName FROM GroupMember WHERE Group.DeveloperName LIKE 'HubSpot%'"),
      sets: await names("SELECT Name, Description FROM PermissionSet WHERE Name LIKE 'HubSpot%' ORDER BY Name"),
      assigned: await names(
        "SELECT PermissionSet.Name, Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name LIKE 'HubSpot%' ORDER BY PermissionSet.Name, Assignee.Username",
      ),
      fields: await names(
        `SELECT Field, PermissionsRead, PermissionsEdit, Parent.Name FROM FieldPermissions WHERE Parent.Name LIKE 'HubSpot%' ORDER BY Parent.Name, Field`,
      ),
    };
  }

  public async dispose(): Promise<void> {
    await this.server.close();
    await this.#cli.dispose();
  }

  async #idsOf(object: string, token: string): Promise<readonly string[]> {
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT Id FROM ${object}`)}`;
    const { status, body } = await this.client.get<{ readonly records: ReadonlyArray<{ readonly Id: string }> }>(path, {
      token,
    });
    // Without read on the object Salesforce says that there is no such thing.
    return status === 200 ? body.records.map(({ Id }) => Id).sort() : [];
  }
}

function calculated(server: PracticeServer): Promise<void> {
  return vi
    .waitUntil(() => !server.org.sharing.recalculating(), { timeout: 5_000, interval: 10 })
    .then(() => undefined);
}

function settledSoon(isOver: Promise<boolean>): Promise<boolean> {
  return Promise.race([isOver, new Promise<false>((resolve) => setTimeout(resolve, 5, false))]);
}

function withoutIds(row: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(JSON.stringify(row, (key, value: unknown) => (key === 'attributes' ? undefined : value)));
}

function beyond(rows: Rows, allowed: Rows): readonly string[] {
  return objects.flatMap((object) => (rows[object] ?? []).filter((id) => !(allowed[object] ?? []).includes(id)));
}

describe.each(scenarios)('Given $title', (scenario) => {
  let reference: Run | undefined;
  let requests = 0;
  let before: Rows = {};
  let after: Rows = {};
  let outcome: unknown;

  beforeAll(async () => {
    reference = await Run.prepare(scenario);
    before = await reference.visible();
    await reference.client.send('DELETE', '/__practice__/requests');
    const exitCode = await reference.complete();
    if (exitCode !== 0) throw new Error(`an uninterrupted run ended with ${exitCode}`);
    requests = await reference.requests();
    await reference.whenCalculated();
    after = await reference.visible();
    outcome = await reference.state();
  }, 60_000);
  afterAll(async () => {
    await reference?.dispose();
  });

  const boundaries = isExhaustive
    ? Array.from({ length: mostRequests }, (_, index) => `request ${index}`)
    : sampled.map((part) => `${part * 100} %`);
  const requestsAt = (boundary: string): number =>
    boundary.endsWith('%')
      ? Math.round((Number.parseFloat(boundary) / 100) * requests)
      : Number(boundary.replace('request ', ''));

  it.each(boundaries)(
    'When the process is killed at %s, Then running again ends in the same state',
    async (boundary) => {
      const killedAfter = requestsAt(boundary);
      if (killedAfter >= requests) return;
      const run = await Run.prepare(scenario);
      try {
        await run.killAfter(killedAfter);
        const atOnce = await run.visible();
        await run.whenCalculated();
        const later = await run.visible();
        const allowed = scenario.before === 'everything' ? before : after;
        expect([...beyond(atOnce, allowed), ...beyond(later, allowed)]).toEqual([]);
        const exitCode = await run.complete();
        await run.whenCalculated();
        expect({ exitCode, state: await run.state() }).toEqual({ exitCode: 0, state: outcome });
      } finally {
        await run.dispose();
      }
    },
    60_000,
  );
});
