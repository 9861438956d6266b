import { soql, soqlCondition, soqlName } from '../org/soql.js';
import type { Difference, FlagRequest } from './flag-request.js';

/** Parents whose rows Salesforce locks when a child is written: children of one parent must not be in parallel batches. */
const lockingParents: Readonly<Record<string, string>> = {
  Contact: 'AccountId',
  Opportunity: 'AccountId',
  Case: 'AccountId',
  Asset: 'AccountId',
  Contract: 'AccountId',
  Order: 'AccountId',
};

/** Only rows that change, as conditions: what is selected and has the other value, and for `sync` what is not and has it. */
export function differencesOf(
  { field, mode }: Pick<FlagRequest, 'field' | 'mode'>,
  where: string,
): readonly Difference[] {
  const selected = soqlCondition(where).text;
  const ticked = soql`${soqlName(field)} = true`;
  const unticked = soql`${soqlName(field)} = false`;
  const flag: Difference = { value: true, where: `${selected} AND ${unticked}` };
  const unflag: Difference = { value: false, where: `${selected} AND ${ticked}` };
  if (mode === 'unflag') return [unflag];
  return mode === 'flag' ? [flag] : [flag, { value: false, where: `(NOT ${selected}) AND ${ticked}` }];
}

export function alreadySo({ field, mode }: Pick<FlagRequest, 'field' | 'mode'>, where: string): string {
  return soql`${soqlCondition(where)} AND ${soqlName(field)} = ${mode !== 'unflag'}`;
}

export function countQuery(sobject: string, where: string): string {
  return `${soql`SELECT COUNT() FROM ${soqlName(sobject)}`} WHERE ${where}`;
}

/** In the order of the locking parent, so that its children are in one batch. */
export function idQuery(sobject: string, where: string): string {
  const parent = lockingParents[sobject];
  const order = parent === undefined ? '' : ` ORDER BY ${parent}`;
  return `${soql`SELECT Id FROM ${soqlName(sobject)}`} WHERE ${where}${order}`;
}

export function sampleQuery(sobject: string, where: string, nameField: string): string {
  return `${soql`SELECT Id, ${soqlName(nameField)} FROM ${soqlName(sobject)}`} WHERE ${where} LIMIT 5`;
}
