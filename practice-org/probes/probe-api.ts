export type ProbeAnswer = { readonly status: number; readonly body: unknown };

export type Connection = { readonly instanceUrl: string; readonly accessToken: string };

/** Requests to an org, real or not, with nothing between it and the probe. */
export class ProbeApi {
  readonly #connection: Connection;

  public constructor(connection: Connection) {
    this.#connection = { ...connection, instanceUrl: connection.instanceUrl.replace(/\/$/, '') };
  }

  public get(path: string): Promise<ProbeAnswer> {
    return this.#send('GET', path, undefined, {});
  }

  public post(path: string, body: unknown): Promise<ProbeAnswer> {
    return this.#send('POST', path, JSON.stringify(body), { 'Content-Type': 'application/json' });
  }

  public postForm(path: string, form: FormData): Promise<ProbeAnswer> {
    return this.#send('POST', path, form, {});
  }

  public query(soql: string): Promise<ProbeAnswer> {
    return this.get(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}`);
  }

  public toolingQuery(soql: string): Promise<ProbeAnswer> {
    return this.get(`/services/data/v66.0/tooling/query?q=${encodeURIComponent(soql)}`);
  }

  /** Rows of a query that has to succeed for the probe to make sense. */
  public async rows(soql: string): Promise<readonly Row[]> {
    const answer = await this.query(soql);
    if (!isObject(answer.body) || !Array.isArray(answer.body['records'])) throw new NotAskable(describeAnswer(answer));
    return answer.body['records'].filter(isObject);
  }

  public async onlyId(soql: string): Promise<string> {
    const [row] = await this.rows(soql);
    if (row === undefined) throw new NotAskable(`no row: ${soql}`);
    return String(row['Id']);
  }

  async #send(
    method: string,
    path: string,
    body: string | FormData | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<ProbeAnswer> {
    const { instanceUrl, accessToken } = this.#connection;
    const response = await fetch(instanceUrl + path, {
      method,
      headers: { Authorization: `Bearer ${accessToken}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: parsed(await response.text()) };
  }
}

/** The org lacks what the question is about. */
export class NotAskable extends Error {}

export type Row = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `400 MALFORMED_QUERY: unexpected token: x`, or the status alone. */
export function describeAnswer({ status, body }: ProbeAnswer): string {
  const first: unknown = Array.isArray(body) ? body[0] : undefined;
  if (!isObject(first) || !('errorCode' in first)) return String(status);
  return `${status} ${String(first['errorCode'])}: ${String(first['message']).trim()}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
