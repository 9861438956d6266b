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
