import type { Effects } from './effects.ts';

export type LoggedRequest = {
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly action: string | null;
  readonly status: number | null;
  readonly ms: number;
  readonly user: string | null;
  readonly changed: number;
  readonly rows: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
};

/** One request while and after it is served. */
export type LogEntry = {
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly effects: Effects;
  readonly startedAt: number;
  action: string | null;
  status: number | null;
  ms: number | null;
  user: string | null;
  bytesIn: number;
  bytesOut: number;
};

/** Requests in order of arrival. An entry stands in the log before its answer, so that a hanging or killed request is seen. */
export class RequestLog {
  #entries: LogEntry[] = [];
  #served = 0;

  public get served(): number {
    return this.#served;
  }

  public begin(method: string, path: string, effects: Effects): LogEntry {
    this.#served += 1;
    const entry: LogEntry = {
      n: this.#served,
      method,
      path,
      effects,
      startedAt: performance.now(),
      action: null,
      status: null,
      ms: null,
      user: null,
      bytesIn: 0,
      bytesOut: 0,
    };
    this.#entries.push(entry);
    return entry;
  }

  public clear(): void {
    this.#entries = [];
  }

  public list(): readonly LoggedRequest[] {
    return this.#entries.map((entry) => ({
      n: entry.n,
      method: entry.method,
      path: entry.path,
      action: entry.action,
      status: entry.status,
      ms: Math.round(entry.ms ?? performance.now() - entry.startedAt),
      user: entry.user,
      changed: entry.effects.changed,
      rows: entry.effects.rows,
      bytesIn: entry.bytesIn,
      bytesOut: entry.bytesOut,
    }));
  }
}
