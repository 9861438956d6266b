export type Severity = 'error' | 'warning' | 'info';

/**
 * Something the user must know. `code` is stable (PascalCase); an `error` stops everything before the first write and
 * becomes an error named `<code>Error`. Texts come from messages/.
 */
export type Finding = {
  readonly severity: Severity;
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  /** What to do now. */
  readonly fix?: string;
};

/** Findings that mean: the org differs from what was asked, or may differ, though nothing is left to change. */
export const differenceCodes: readonly string[] = [
  'FieldStillVisible',
  'VisibleThroughGroup',
  'VisibleByViewAllFields',
  'GroupBeingComputed',
  'ServerSaysVisible',
  'AccessNotTakenBack',
  'AccessNotMeasured',
];
