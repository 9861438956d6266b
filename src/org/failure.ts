import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';
import type { Refusal } from '../observation/question.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'org');

/**
 * What is known about the effect of a request that went wrong. `refused`: Salesforce said no, nothing was done.
 * `unknown`: the answer never arrived, so the work may have been done; only looking again tells.
 */
export type Certainty = 'refused' | 'unknown';

/** A request as a whole went wrong. Row-level refusals are values (`WriteFailure`), not errors. */
export class OrgError extends SfError {
  public readonly errorCode: string;
  public readonly certainty: Certainty;

  public constructor(
    text: { readonly name: string; readonly message: string; readonly actions: readonly string[] },
    errorCode: string,
    certainty: Certainty,
  ) {
    super(text.message, text.name, [...text.actions]);
    this.errorCode = errorCode;
    this.certainty = certainty;
  }
}

/** A failed request before translation: what HTTP and Salesforce said. */
export type RawFailure = {
  readonly errorCode: string;
  readonly message: string;
  readonly status: number | null;
  readonly kind: 'answer' | 'network' | 'timeout' | 'garbage';
};

/** Salesforce's error code → key of the message that explains it. Codes that are not here keep Salesforce's own words. */
const messageKeys: Readonly<Record<string, string>> = {
  INVALID_SESSION_ID: 'error.SessionExpired',
  'sf:INVALID_SESSION_ID': 'error.SessionExpired',
  INVALID_AUTH_HEADER: 'error.SessionExpired',
  REQUEST_LIMIT_EXCEEDED: 'error.RequestLimitExceeded',
  API_DISABLED_FOR_ORG: 'error.ApiDisabled',
  API_CURRENTLY_DISABLED: 'error.ApiDisabled',
  INSUFFICIENT_ACCESS: 'error.InsufficientAccess',
  'sf:INSUFFICIENT_ACCESS': 'error.InsufficientAccess',
  INSUFFICIENT_ACCESS_OR_READONLY: 'error.InsufficientAccess',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'error.InsufficientAccess',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'error.CustomAutomation',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'error.CustomValidation',
  DUPLICATE_USERNAME: 'error.DuplicateUsername',
  DUPLICATE_COMM_NICKNAME: 'error.DuplicateNickname',
  LICENSE_LIMIT_EXCEEDED: 'error.LicenseLimitExceeded',
  INVALID_EMAIL_ADDRESS: 'error.InvalidEmailAddress',
  UNABLE_TO_LOCK_ROW: 'error.OrgLocked',
  QUERY_TIMEOUT: 'error.QueryTimeout',
  SERVER_UNAVAILABLE: 'error.ServerUnavailable',
  UNKNOWN_EXCEPTION: 'error.ServerFault',
  'sf:UNKNOWN_EXCEPTION': 'error.ServerFault',
};

/** Statuses after which the same read may well succeed. */
const passing: ReadonlySet<number> = new Set([420, 429, 500, 502, 503, 504]);

export function isPassing(failure: RawFailure): boolean {
  if (failure.kind === 'network' || failure.kind === 'garbage') return true;
  if (failure.kind === 'timeout' || failure.errorCode === 'sf:INVALID_SESSION_ID') return false;
  return failure.status !== null && passing.has(failure.status);
}

/** After a 5xx, a lost connection or an unreadable answer a write may have been done; every other answer is a refusal. */
export function certaintyOf(failure: RawFailure): Certainty {
  if (failure.kind !== 'answer') return 'unknown';
  return failure.status !== null && failure.status >= 500 ? 'unknown' : 'refused';
}

export function toOrgError(failure: RawFailure): OrgError {
  return new OrgError(explain(failure), failure.errorCode, certaintyOf(failure));
}

export function toRefusal(failure: RawFailure): Refusal {
  return { errorCode: failure.errorCode, message: failure.message };
}

/** The named error for a row that was refused on its own. */
export function explainRefusal({ errorCode, message }: Refusal): OrgError {
  return toOrgError({ errorCode, message, status: 400, kind: 'answer' });
}

type Explanation = { readonly name: string; readonly message: string; readonly actions: readonly string[] };

function explain(failure: RawFailure): Explanation {
  const key = keyOf(failure);
  // Some of Salesforce's texts are made for its own pages.
  const said = failure.message.replaceAll(/\s*<br\s*\/?>\s*/gi, ' ').trim();
  if (key === undefined) return { name: nameOfCode(failure.errorCode), message: said, actions: [] };
  const { name, message, actions } = messages.createError(key, [said]);
  return { name, message, actions: actions ?? [] };
}

function keyOf(failure: RawFailure): string | undefined {
  if (failure.kind === 'network') return 'error.OrgUnreachable';
  if (failure.kind === 'timeout') return 'error.AnswerTimeout';
  if (failure.kind === 'garbage') return 'error.UnexpectedAnswer';
  const byCode = messageKeys[failure.errorCode];
  if (byCode !== undefined) return byCode;
  if (failure.status === 401) return 'error.SessionExpired';
  if (failure.status === 429 || failure.status === 420) return 'error.TooManyRequests';
  if (failure.status === 414 || failure.status === 431) return 'error.RequestTooLong';
  if (failure.status === 503) return 'error.ServerUnavailable';
  if (failure.status !== null && failure.status >= 500) return 'error.ServerFault';
  return undefined;
}

/** DUPLICATE_VALUE → DuplicateValueError; "sf:" marks a code that came by SOAP. */
function nameOfCode(errorCode: string): string {
  const words = errorCode
    .replace(/^sf:/, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return name === '' ? 'SalesforceError' : `${name}Error`;
}
