import { describe, expect, it } from 'vitest';
import { certaintyOf, explainRefusal, isPassing, toOrgError, type RawFailure } from '../../../src/org/failure.js';

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
