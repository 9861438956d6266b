import type { IdBlock } from '../org/id-block.js';

/** Which records get which value: everything that a run needs to know, and to find its way back after an interruption. */
export type FlagRequest = {
  readonly sobject: string;
  readonly field: string;
  /** Ticks what is selected; `unflag` unticks it; `sync` also unticks what is not selected. */
  readonly mode: 'flag' | 'unflag' | 'sync';
  readonly selection: RecordSelection;
};

export type RecordSelection =
  { readonly kind: 'condition'; readonly where: string } | ({ readonly kind: 'keys' } & KeyFile);

/**
 * Keys in a file: Ids, or values of an external Id field. `path` is what a person calls the file; `copy` is read in its place,
 * where one is kept so that every reading is of the same bytes.
 */
export type KeyFile = { readonly path: string; readonly copy?: string; readonly keyField: string };

/** One value to write. `parent`: the record that is locked with it, where rows are put in order by it. */
export type FlagChange = { readonly id: string; readonly value: boolean; readonly parent?: string };

/** Rows that get the same value. No slice has more than a few thousand, and its Ids are lost when the next one is asked for. */
export type FlagSlice = { readonly value: boolean; readonly ids: IdBlock };

/** Changes as they are found: Ids only, because an object for each of a million rows costs more memory than the rows. */
export type FlagSlices = AsyncGenerator<FlagSlice>;
