import type { Caller } from '../org/practice-org.ts';
import type { OrgServices } from '../server/services.ts';
import type { Effects } from '../server/effects.ts';
import type { Reply } from '../server/reply.ts';

/** One REST call: a request of its own, or a subrequest of composite and batch. */
export type ApiCall = {
  readonly method: string;
  /** Without query, leading slashes collapsed. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
  /** Parsed body; throws Salesforce's refusal when it is not JSON. */
  readonly json: () => unknown;
  readonly caller: Caller;
  readonly services: OrgServices;
  readonly effects: Effects;
};

/** Record endpoints answer at once, so that composite can run them inside one transaction. */
export type SyncHandler = (call: ApiCall) => Reply;
export type Handler = (call: ApiCall) => Reply | Promise<Reply>;

export function parameter(call: ApiCall, name: string): string {
  return call.parameters[name] ?? '';
}

/** `v66.0`, as the caller wrote it: answers carry addresses of the same version. */
export function versionPath(call: ApiCall): string {
  return `/services/data/v${call.caller.apiVersion}.0`;
}
