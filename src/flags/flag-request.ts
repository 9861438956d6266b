import { asksFor, conditionProblem } from '../definition/condition.js';
import { namesOf } from '../definition/names.js';
import type { FlagRequest, RecordSelection } from '../records/flag-request.js';
import { recordTexts } from '../records/texts.js';
import type { KeptKeys } from './keys-file.js';

export type FlagRecordsFlags = {
  readonly integration: string;
  readonly sobject: string;
  readonly flagLabel: string | undefined;
  readonly where: string | undefined;
  /** The file with the keys. */
  readonly keys: KeptKeys | undefined;
  readonly keyField: string;
  readonly unflag: boolean;
  readonly sync: boolean;
};

/** Which records get which value, from the flags. The flag's name follows from the integration, as everywhere. */
export function toFlagRequest(flags: FlagRecordsFlags): FlagRequest {
  const { where, sobject } = flags;
  const field = namesOf(flags.integration, flags.flagLabel).flagField;
  const mode = flags.unflag ? 'unflag' : flags.sync ? 'sync' : 'flag';
  if (where !== undefined) checkCondition(where);
  // What --sync writes would change what such a condition selects, and every run would turn all flags over.
  if (where !== undefined && mode === 'sync' && asksFor(where, sobject, [field])) {
    throw recordTexts.createError('error.ConditionNamesFlag', [where, field]);
  }
  return {
    sobject,
    field,
    mode,
    selection: selectionOf(flags),
  };
}

function selectionOf({ where, keys, keyField }: FlagRecordsFlags): RecordSelection {
  if (where !== undefined) return { kind: 'condition', where };
  return { kind: 'keys', ...(keys ?? { path: '' }), keyField };
}

function checkCondition(where: string): void {
  const problem = conditionProblem(where);
  if (problem === null) return;
  throw recordTexts.createError('error.NotACondition', [where, recordTexts.getMessage(`problem.${problem}`)]);
}
