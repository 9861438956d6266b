import { afterAll, beforeAll } from 'vitest';
import type { OrgSettings, Quirks } from '../../practice-org/org/settings.ts';
import { defaultSettings } from '../../practice-org/server/command-line.ts';
import { startServer, type PracticeServer } from '../../practice-org/server/start.ts';

export type SettingsOverrides = Partial<Omit<OrgSettings, 'quirks'>> & { readonly quirks?: Partial<Quirks> };

/** Settings of a small org that recalculates at once, unless told otherwise. */
function practiceSettings(overrides: SettingsOverrides = {}): OrgSettings {
  const { quirks, ...rest } = overrides;
  return {
    ...defaultSettings,
    records: 20,
    recalculationMs: 0,
    ...rest,
    quirks: { ...defaultSettings.quirks, ...quirks },
  };
}

export function startPracticeServer(overrides: SettingsOverrides = {}): Promise<PracticeServer> {
  return startServer(practiceSettings(overrides), { port: 0 });
}

export type Answer<Body = unknown> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
};

export type RequestOptions = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null sends no token. */
  readonly token?: string | null;
};

/** A practice server in this process or in another. */
type ServerAddress = Pick<PracticeServer, 'url' | 'accessToken'>;

/** Talks to a practice server as the administrator, or as whom `token` names. */
export class PracticeClient {
  readonly #server: () => ServerAddress;

  public constructor(server: () => ServerAddress) {
    this.#server = server;
  }

  public async send<Body = unknown>(
    method: string,
    path: string,
    { body, headers = {}, token = this.#server().accessToken }: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(this.#server().url + path, {
      method,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        'Content-Type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: encode(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) as Body, text };
  }

  public get<Body = unknown>(path: string, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.send('GET', path, options);
  }

  public post<Body = unknown>(path: string, body: unknown, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.send('POST', path, { ...options, body });
  }

  public async query<Row = Readonly<Record<string, unknown>>>(
    soql: string,
    options: RequestOptions = {},
  ): Promise<readonly Row[]> {
    const path = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const { status, body, text } = await this.get<{ readonly records: readonly Row[] }>(path, options);
    if (status !== 200) throw new Error(`${status} ${text}`);
    return body.records;
  }

  public async tokenOf(username: string): Promise<string> {
    const { status, body, text } = await this.post<{ readonly accessToken: string }>('/__practice__/token', {
      username,
    });
    if (status !== 200) throw new Error(text);
    return body.accessToken;
  }
}

/** One server for all tests of a describe block. */
export function usePracticeServer(
  overrides: SettingsOverrides = {},
): PracticeClient & { readonly server: PracticeServer } {
  let running: PracticeServer | undefined;
  const server = (): PracticeServer => {
    if (running === undefined) throw new Error('the practice server runs only inside tests');
    return running;
  };
  beforeAll(async () => {
    running = await startPracticeServer(overrides);
  });
  afterAll(async () => {
    await running?.close();
  });
  return Object.defineProperty(new PracticeClient(server), 'server', { get: server }) as PracticeClient & {
    readonly server: PracticeServer;
  };
}

function encode(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
