import { describe, expect, it } from 'vitest';
import {
  certaintyOf,
  explainRefusal,
  withoutPage,
  isPassing,
  toBulkError,
  toJobError,
  toOrgError,
  type RawFailure,
} from '../../../src/org/failure.js';

const answer = (status: number, errorCode = 'X'): RawFailure => ({
  errorCode,
  message: 'said',
  status,
  kind: 'answer',
});
const network: RawFailure = { errorCode: 'NETWORK', message: 'ECONNRESET', status: null, kind: 'network' };

describe('Given a failed request', () => {
  it.each([500, 502, 503, 504, 429, 420])('When the status is %i, Then it may pass', (status) => {
    expect(isPassing(answer(status))).toBe(true);
  });

  it.each([400, 401, 403, 404])('When the status is %i, Then it will not pass', (status) => {
    expect(isPassing(answer(status))).toBe(false);
  });

  it('When no answer came, Then its effect is unknown', () => {
    expect([network, answer(503)].map(certaintyOf)).toEqual(['unknown', 'unknown']);
  });

  it('When Salesforce answered that it refuses, Then nothing was done', () => {
    expect([answer(400), answer(401), answer(429)].map(certaintyOf)).toEqual(['refused', 'refused', 'refused']);
  });
});

describe('Given an error code', () => {
  it.each([
    ['INVALID_SESSION_ID', 'SessionExpiredError'],
    ['sf:INVALID_SESSION_ID', 'SessionExpiredError'],
    ['REQUEST_LIMIT_EXCEEDED', 'RequestLimitExceededError'],
    ['DUPLICATE_USERNAME', 'DuplicateUsernameError'],
    ['LICENSE_LIMIT_EXCEEDED', 'LicenseLimitExceededError'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'InsufficientAccessError'],
    ['INVALIDJOBSTATE', 'InvalidJobStateError'],
    ['InvalidJobState', 'InvalidJobStateError'],
    ['EXCEEDEDQUOTA', 'BulkQuotaExceededError'],
    ['ExceededQuota', 'BulkQuotaExceededError'],
    ['FEATURENOTENABLED', 'BulkNotAllowedError'],
    ['SOME_NEW_CODE', 'SomeNewCodeError'],
  ])('When it is %s, Then the error is %s', (errorCode, name) => {
    expect(explainRefusal({ errorCode, message: 'said' }).name).toBe(name);
  });

  it('When it is known, Then there is something to do', () => {
    expect(explainRefusal({ errorCode: 'DUPLICATE_USERNAME', message: 'said' }).actions).not.toEqual([]);
  });

  it('When the message holds HTML line breaks, Then they become blanks', () => {
    expect(explainRefusal({ errorCode: 'X', message: 'Duplicate.<br>Choose.' }).message).toBe('Duplicate. Choose.');
  });

  it('When the network failed, Then nothing in the error speaks of a TypeError', () => {
    const error = toOrgError(network);
    expect(`${error.name} ${error.message} ${String(error.cause)}`).not.toContain('TypeError');
  });
});

describe('Given an answer that a request is too long', () => {
  const page =
    '<html><head><style>h1 { color: red }</style></head><body><h1>Bad Message 414</h1><pre>URI Too Long</pre></body></html>';

  it.each([
    [414, 'answer'],
    [431, 'answer'],
    [414, 'garbage'],
  ] as const)(
    'When the status is %i and it came as %s, Then it is named without HTML, and not asked again',
    (status, kind) => {
      const failure = { errorCode: `ERROR_HTTP_${status}`, message: page, status, kind };
      const error = toOrgError(failure);
      expect({ name: error.name, hasActions: (error.actions ?? []).length > 0, isPassing: isPassing(failure) }).toEqual(
        {
          name: 'RequestTooLongError',
          hasActions: true,
          isPassing: false,
        },
      );
      expect(error.message).toMatch(/: Bad Message 414 URI Too Long$/);
    },
  );

  it('When the library says that it got a page, Then nothing points to data that nobody is shown', () => {
    const text =
      'HTTP response contains html content.\nCheck that the org exists.\nSee error.data for the full html response.';
    expect([withoutPage(text), withoutPage('Too many rows.')]).toEqual([
      'a web page instead of data',
      'Too many rows.',
    ]);
  });

  it.each(['<html><head><style>h1 { color', '<html', '<p></p>'])(
    'When no words are left of the page %s, Then that is said',
    (message) => {
      const { message: said } = toOrgError({ errorCode: 'X', message, status: 414, kind: 'garbage' });
      expect(said).toMatch(/: a web page instead of data$/);
    },
  );
});

describe('Given a refused request about bulk jobs', () => {
  it.each([
    ['INSUFFICIENT_ACCESS', 403],
    ['INSUFFICIENT_ACCESS', 400],
    ['FEATURE_NOT_ENABLED', 403],
    ['FEATURENOTENABLED', 400],
    ['INVALIDUSER', 400],
    ['SOMETHING_NEW', 403],
  ])('When the answer is %s with status %i, Then the advice is about bulk jobs', (errorCode, status) => {
    const { name, actions } = toBulkError(answer(status, errorCode));
    expect({ name, actions: actions?.join(' ') }).toEqual({
      name: 'BulkNotAllowedError',
      actions: expect.stringMatching(/^(?!.*Manage Internal Users).*API Enabled/) as string,
    });
  });

  it.each([
    ['REQUEST_LIMIT_EXCEEDED', 403, 'RequestLimitExceededError'],
    ['API_DISABLED_FOR_ORG', 403, 'ApiDisabledError'],
    ['MALFORMED_QUERY', 400, 'MalformedQueryError'],
  ])('When the answer is %s with status %i, Then it is %s as elsewhere', (errorCode, status, name) => {
    expect(toBulkError(answer(status, errorCode)).name).toBe(name);
  });

  it.each(['NOT_FOUND', 'INVALIDJOB'])('When a job is answered with %s, Then the error names the job', (errorCode) => {
    const { name, message, actions } = toJobError(answer(404, errorCode), '750000000000999AAA');
    expect({ name, message, actions }).toEqual({
      name: 'JobNotFoundError',
      message: expect.stringContaining('750000000000999AAA') as string,
      actions: expect.arrayContaining([expect.any(String)]) as string[],
    });
  });
});
