/** Which records get which value: everything that a run needs to know, and to find its way back after an interruption. */
export type FlagRequest = {
  readonly sobject: string;
  readonly field: string;
  /** Ticks what is selected; `unflag` unticks it; `sync` also unticks what is not selected. */
  readonly mode: 'flag' | 'unflag' | 'sync';
  readonly selection: RecordSelection;
};

export type RecordSelection =
  | { readonly kind: 'condition'; readonly where: string }
  /** Keys in a file, a key a line: Ids, or values of an external Id field. */
  | { readonly kind: 'keys'; readonly path: string; readonly keyField: string };

/** One value to write. */
export type FlagChange = { readonly id: string; readonly value: boolean };

/** Rows of one difference: what to do with them, how to count them, how to read them. */
export type Difference = { readonly value: boolean; readonly where: string };
