import type { Connection } from '@salesforce/core';
import { AsyncLocalStorage } from 'node:async_hooks';

type Answer = { status: number | null };

const current = new AsyncLocalStorage<Answer>();

/**
 * jsforce throws error answers without their HTTP status and repeats GET, PUT and DELETE on its own for 15.5 seconds. Both are
 * put right where its requests leave: the status is noted for whoever waits, and repetition is left to `repeatRead`.
 */
export function observeAnswers(connection: Connection, timeoutMs: number): void {
  const transport = connection._transport;
  const send = transport.httpRequest.bind(transport);
  transport.httpRequest = (request, options = {}) => {
    const answer = current.getStore();
    const sent = send(request, { timeout: timeoutMs, ...options, retry: { maxRetries: 0, methods: [] } });
    sent.then(
      (response) => {
        if (answer !== undefined) answer.status = response.statusCode;
      },
      () => undefined,
    );
    return sent;
  };
}

/** Runs a call and tells the HTTP status of the last answer in it, whether it succeeds or not. */
export async function withStatus<T>(
  call: () => Promise<T>,
  onFailure: (error: unknown, status: number | null) => Error,
): Promise<T> {
  const answer: Answer = { status: null };
  try {
    return await current.run(answer, call);
  } catch (error) {
    throw onFailure(error, answer.status);
  }
}
