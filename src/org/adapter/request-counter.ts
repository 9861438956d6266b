import { subscribe, unsubscribe } from 'node:diagnostics_channel';

type UndiciRequestCreated = { readonly request: { readonly origin?: string | URL } };

const channel = 'undici:request:create';

/**
 * Counts what really leaves the machine: jsforce's SOAP calls and its silent retries pass by every wrapper around
 * Connection.request, but not by undici's own diagnostics.
 */
export class RequestCounter {
  #requests = 0;
  #subrequests = 0;
  readonly #onCreate = (message: unknown): void => {
    if (isRequestCreated(message)) this.#requests += 1;
  };

  public constructor() {
    subscribe(channel, this.#onCreate);
  }

  /** A batch of n costs n calls of the daily limit, not one. */
  public addBatch(subrequests: number): void {
    this.#subrequests += subrequests - 1;
  }

  public counts(): { readonly apiRequests: number; readonly apiCalls: number } {
    return { apiRequests: this.#requests, apiCalls: this.#requests + this.#subrequests };
  }

  public stop(): void {
    unsubscribe(channel, this.#onCreate);
  }
}

function isRequestCreated(message: unknown): message is UndiciRequestCreated {
  return typeof message === 'object' && message !== null && 'request' in message;
}
