import type { FailedRow } from '../org/bulk.js';

/** Another transaction holds the record or its parent, or the answer was lost: the same row may well be written a moment later. */
export function isPassingFailure({ errorCode, message }: Pick<FailedRow, 'errorCode' | 'message'>): boolean {
  return (
    errorCode === 'UNABLE_TO_LOCK_ROW' ||
    errorCode === 'UNKNOWN_OUTCOME' ||
    /unable to obtain exclusive access/i.test(message)
  );
}
