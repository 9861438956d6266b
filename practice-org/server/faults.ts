/** A fault as posted to the control endpoint. */
export type FaultSpecification = {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly afterN?: number;
  readonly times?: number;
  readonly status?: number;
  readonly errorCode?: string;
  readonly message?: string;
  readonly drop?: 'before' | 'after';
  readonly latencyMs?: number;
};

type ArmedFault = {
  readonly specification: FaultSpecification;
  readonly path: RegExp | null;
  readonly body: RegExp | null;
  passes: number;
  remaining: number;
};

export type Probed = { readonly method: string; readonly path: string; readonly body: () => string };

const textKeys = ['method', 'path', 'body', 'errorCode', 'message'] as const;
const numberKeys = ['afterN', 'times', 'status', 'latencyMs'] as const;
const knownKeys: ReadonlySet<string> = new Set([...textKeys, ...numberKeys, 'drop']);

export function parseFaults(value: unknown): readonly FaultSpecification[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(parseFault);
}

function parseFault(value: unknown): FaultSpecification {
  if (typeof value !== 'object' || value === null) throw new TypeError('a fault is an object');
  const entries = Object.entries(value);
  for (const [key, given] of entries) {
    if (!knownKeys.has(key)) throw new TypeError(`unknown key in a fault: ${key}`);
    if (textKeys.some((name) => name === key) && typeof given !== 'string') throw new TypeError(`${key} is a string`);
    if (numberKeys.some((name) => name === key) && !(typeof given === 'number' && given >= 0)) {
      throw new TypeError(`${key} is a number from 0 on`);
    }
    if (key === 'drop' && given !== 'before' && given !== 'after') throw new TypeError('drop is "before" or "after"');
  }
  return Object.fromEntries(entries);
}

/**
 * On the platform a lock is a matter of single rows in a bulk job, never of the job: such a fault tests, skips (`afterN`) and
 * counts (`times`) rows of ingest jobs instead of requests.
 */
function hitsRows(fault: FaultSpecification): boolean {
  return fault.errorCode === 'UNABLE_TO_LOCK_ROW' && fault.status === undefined && fault.drop === undefined;
}

/** The faults in force. The first armed fault that matches a request is applied to it. */
export class Faults {
  #armed: ArmedFault[] = [];

  public add(specifications: readonly FaultSpecification[]): void {
    const armed = specifications.map((specification) => ({
      specification,
      path: specification.path === undefined ? null : new RegExp(specification.path),
      body: specification.body === undefined ? null : new RegExp(specification.body),
      passes: specification.afterN ?? 0,
      remaining: specification.times ?? Number.POSITIVE_INFINITY,
    }));
    this.#armed.push(...armed);
  }

  public clear(): void {
    this.#armed = [];
  }

  public forRequest(probed: Probed): FaultSpecification | undefined {
    return this.#next(probed, (fault) => !(hitsRows(fault.specification) && isIngestPath(probed.path)));
  }

  /** For each row of an ingest job; `path` is the job's. */
  public forRow(path: string, row: () => string): FaultSpecification | undefined {
    if (this.#armed.length === 0) return undefined;
    return this.#next({ method: 'ROW', path, body: row }, (fault) => hitsRows(fault.specification));
  }

  #next(probed: Probed, eligible: (fault: ArmedFault) => boolean): FaultSpecification | undefined {
    for (const fault of this.#armed) {
      if (fault.remaining === 0 || !eligible(fault) || !matches(fault, probed)) continue;
      if (fault.passes > 0) {
        fault.passes -= 1;
        continue;
      }
      fault.remaining -= 1;
      return fault.specification;
    }
    return undefined;
  }
}

function isIngestPath(path: string): boolean {
  return path.includes('/jobs/ingest');
}

function matches(fault: ArmedFault, probed: Probed): boolean {
  const { method } = fault.specification;
  if (method !== undefined && probed.method !== 'ROW' && method.toUpperCase() !== probed.method) return false;
  // Both forms are tested, so that a person can write the SOQL of a query as it reads.
  if (fault.path !== null && !fault.path.test(probed.path) && !fault.path.test(decoded(probed.path))) return false;
  return fault.body === null || fault.body.test(probed.body());
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}
