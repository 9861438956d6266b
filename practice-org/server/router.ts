/** Finds the handler of a path. Patterns are paths whose `:name` segments match anything; `:version` matches `v50.0` and up. */
export type Route<Handler> = {
  readonly pattern: string;
  readonly methods: Readonly<Partial<Record<string, Handler>>>;
};

export type Match<Handler> = {
  readonly methods: Readonly<Partial<Record<string, Handler>>>;
  readonly parameters: Readonly<Record<string, string>>;
};

const lowestVersion = 50;

export class Router<Handler> {
  readonly #routes: readonly { readonly segments: readonly string[]; readonly route: Route<Handler> }[];

  public constructor(routes: readonly Route<Handler>[]) {
    this.#routes = routes.map((route) => ({ segments: split(route.pattern), route }));
  }

  public match(path: string): Match<Handler> | undefined {
    const given = split(path);
    for (const { segments, route } of this.#routes) {
      const parameters = matchSegments(segments, given);
      if (parameters !== undefined) return { methods: route.methods, parameters };
    }
    return undefined;
  }
}

function split(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function matchSegments(pattern: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = given[index] ?? '';
    if (expected === ':version' && versionOf(segment) === undefined) return undefined;
    if (expected.startsWith(':')) parameters[expected.slice(1)] = decodeSegment(segment);
    else if (expected !== segment) return undefined;
  }
  return parameters;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `v66.0` → 66; undefined for anything that is not a version the org still serves. */
export function versionOf(segment: string): number | undefined {
  const digits = /^v(\d{2})\.0$/.exec(segment)?.[1];
  const version = digits === undefined ? undefined : Number(digits);
  return version !== undefined && version >= lowestVersion ? version : undefined;
}
