import { conditionProblem } from '../definition/condition.js';
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
  if (where !== undefined && mode === 'sync' && asksFor(where, [field, `${sobject}.${field}`])) {
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

/**
 * Whether a condition asks for a field of the record itself: in quotes it is text, and in a subquery it is another record's.
 * What --sync writes would then change what it selects, and every run would turn all flags over.
 */
function asksFor(condition: string, spellings: readonly string[]): boolean {
  const names = new Set(spellings.map((name) => name.toLowerCase()));
  let depth = 0;
  let subqueryDepth = Infinity;
  let previous = '';
  for (const [token] of condition.matchAll(/'(?:[^'\\]|\\[\s\S])*'|[A-Za-z_][\w.]*|[()]/g)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth < subqueryDepth) subqueryDepth = Infinity;
    if (previous === '(' && token.toUpperCase() === 'SELECT') subqueryDepth = Math.min(subqueryDepth, depth);
    if (subqueryDepth === Infinity && names.has(token.toLowerCase())) return true;
    previous = token;
  }
  return false;
}
