import { SfError } from '@salesforce/core/sfError';

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
