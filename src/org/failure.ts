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

/** What went wrong in the org, as a value; everything else is thrown on. */
export function orgError(error: unknown): OrgError {
  if (error instanceof OrgError) return error;
  throw error;
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
  // The guide ("Errors", Bulk API 2.0) writes InvalidJobState and ExceededQuota; answers have capitals (restforce issue 905).
  INVALIDJOBSTATE: 'error.InvalidJobState',
  EXCEEDEDQUOTA: 'error.BulkQuotaExceeded',
  FEATURENOTENABLED: 'error.BulkNotAllowed',
  INVALIDUSER: 'error.BulkNotAllowed',
};

/** Codes that say little, until it is known that a bulk job was asked for. */
const bulkMessageKeys: Readonly<Record<string, string>> = {
  FEATURE_NOT_ENABLED: 'error.BulkNotAllowed',
  INSUFFICIENT_ACCESS: 'error.BulkNotAllowed',
  INSUFFICIENT_ACCESS_OR_READONLY: 'error.BulkNotAllowed',
};

/** What Salesforce answers when there is no such job, or one of another kind (same page of the guide: InvalidJob). */
const noSuchJob: ReadonlySet<string> = new Set(['NOT_FOUND', 'INVALIDJOB']);

/** Answers about an address or a header that is too long; usually HTML of a server that never saw what was asked. */
const tooLong: ReadonlySet<number> = new Set([414, 431]);

/** Statuses after which the same read may well succeed. */
const passing: ReadonlySet<number> = new Set([420, 429, 500, 502, 503, 504]);

export function isPassing(failure: RawFailure): boolean {
  if (isTooLong(failure)) return false;
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

/** The same for a request about bulk jobs. */
export function toBulkError(failure: RawFailure): OrgError {
  const isForbidden = failure.kind === 'answer' && failure.status === 403 && keyOf(failure) === undefined;
  const key = bulkMessageKeys[failure.errorCode] ?? (isForbidden ? 'error.BulkNotAllowed' : undefined);
  if (key === undefined) return toOrgError(failure);
  return new OrgError(explained(key, plain(failure.message)), failure.errorCode, certaintyOf(failure));
}

/** The same for a request about one job, which may not be there. */
export function toJobError(failure: RawFailure, jobId: string): OrgError {
  if (failure.kind !== 'answer' || !noSuchJob.has(failure.errorCode)) return toBulkError(failure);
  return new OrgError(explained('error.JobNotFound', jobId), failure.errorCode, certaintyOf(failure));
}

export function toRefusal(failure: RawFailure): Refusal {
  return { errorCode: failure.errorCode, message: failure.message };
}

/** The named error for a row that was refused on its own. */
export function explainRefusal({ errorCode, message }: Refusal): OrgError {
  return toOrgError({ errorCode, message, status: 400, kind: 'answer' });
}

/** Nobody must be taken for somebody else: by its user a run knows its own jobs. */
export function unknownRunner(username: string): OrgError {
  return new OrgError(explained('error.UnknownRunner', username), 'UNKNOWN_RUNNER', 'refused');
}

type Explanation = { readonly name: string; readonly message: string; readonly actions: readonly string[] };

function explain(failure: RawFailure): Explanation {
  const key = keyOf(failure);
  const said = plain(failure.message);
  if (key === undefined) return { name: nameOfCode(failure.errorCode), message: said, actions: [] };
  return explained(key, said);
}

function explained(key: string, ...values: readonly string[]): Explanation {
  const { name, message, actions } = messages.createError(key, [...values]);
  return { name, message, actions: actions ?? [] };
}

/** Some of Salesforce's texts are made for its own pages, and what stands between it and us answers with pages. */
function plain(text: string): string {
  const said = text.replaceAll(/\s*<br\s*\/?>\s*/gi, ' ').trim();
  if (!said.startsWith('<')) return said;
  const words = said
    .replaceAll(/<(script|style)\b.*?(<\/\1>|$)/gis, ' ')
    .replaceAll(/<[^>]*(>|$)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words === '' ? messages.getMessage('htmlPage') : words;
}

/** The library's words for a page (jsforce, `http-api.ts`) point to data that nobody is shown. */
export function withoutPage(text: string): string {
  return text.startsWith('HTTP response contains html content') ? messages.getMessage('htmlPage') : text;
}

function isTooLong({ status }: RawFailure): boolean {
  return status !== null && tooLong.has(status);
}

function keyOf(failure: RawFailure): string | undefined {
  if (isTooLong(failure)) return 'error.RequestTooLong';
  if (failure.kind === 'network') return 'error.OrgUnreachable';
  if (failure.kind === 'timeout') return 'error.AnswerTimeout';
  if (failure.kind === 'garbage') return 'error.UnexpectedAnswer';
  const byCode = messageKeys[failure.errorCode] ?? messageKeys[failure.errorCode.toUpperCase()];
  if (byCode !== undefined) return byCode;
  if (failure.status === 401) return 'error.SessionExpired';
  if (failure.status === 429 || failure.status === 420) return 'error.TooManyRequests';
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
