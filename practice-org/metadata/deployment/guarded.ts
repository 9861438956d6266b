import { SalesforceError } from '../../org/errors.ts';
import { ComponentError } from '../component-error.ts';

/** The result of the work, or the refusal it ended with; errors of the practice org itself go on. */
export function guarded<Result>(work: () => Result): Result | ComponentError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ComponentError) return error;
    if (error instanceof SalesforceError) return new ComponentError(error.message);
    throw error;
  }
}
