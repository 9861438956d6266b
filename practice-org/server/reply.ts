/** What an endpoint answers, independent of the transport: composite embeds it, the HTTP listener writes it. */
type Content =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly type: string; readonly text: string | Buffer }
  | { readonly kind: 'chunks'; readonly type: string; readonly chunks: Iterable<string> | AsyncIterable<string> };

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Content;
};

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, content: { kind: 'json', value } };
}

export function noContent(status = 204): Reply {
  return { status, headers: {}, content: { kind: 'none' } };
}

export function text(
  status: number,
  type: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers, content: { kind: 'text', type, text: body } };
}

export function chunked(
  type: string,
  chunks: Iterable<string> | AsyncIterable<string>,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status: 200, headers, content: { kind: 'chunks', type, chunks } };
}
