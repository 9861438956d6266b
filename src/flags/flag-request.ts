import { conditionProblem } from '../definition/condition.js';
import { namesOf } from '../definition/names.js';
import type { FlagRequest } from '../records/flag-request.js';
import { recordTexts } from '../records/texts.js';

export type FlagRecordsFlags = {
  readonly integration: string;
  readonly sobject: string;
  readonly flagLabel: string | undefined;
  readonly where: string | undefined;
  /** Path of the file with the keys; standard input is already a file by now. */
  readonly keysPath: string | undefined;
  readonly keyField: string;
  readonly unflag: boolean;
  readonly sync: boolean;
};

/** Which records get which value, from the flags. The flag's name follows from the integration, as everywhere. */
export function toFlagRequest(flags: FlagRecordsFlags): FlagRequest {
  const { where, keysPath } = flags;
  if (where !== undefined) checkCondition(where);
  const mode = flags.unflag ? 'unflag' : flags.sync ? 'sync' : 'flag';
  return {
    sobject: flags.sobject,
    field: namesOf(flags.integration, flags.flagLabel).flagField,
    mode,
    selection:
      where === undefined
        ? { kind: 'keys', path: keysPath ?? '', keyField: flags.keyField }
        : { kind: 'condition', where },
  };
}

function checkCondition(where: string): void {
  const problem = conditionProblem(where);
  if (problem === null) return;
  throw recordTexts.createError('error.NotACondition', [where, recordTexts.getMessage(`problem.${problem}`)]);
}
