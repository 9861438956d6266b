import type { PracticeOrg } from '../org/practice-org.ts';
import type { ShareRow } from './access.ts';
import { shareColumns } from './share-columns.ts';
import { shareEntries, shareValue } from './share-entries.ts';

/** Share rows of one object as values, of one record where it is named. */
export function* shareRows(
  org: Pick<PracticeOrg, 'store' | 'schema' | 'sharing'>,
  object: string,
  recordId?: string,
): Generator<ShareRow> {
  const name = org.schema.object(object)?.name ?? object;
  const table = org.store.table(name);
  const row = recordId === undefined ? undefined : table.rowOf(recordId);
  if (recordId !== undefined && row === undefined) return;
  const { record, accessLevel } = shareColumns(name);
  const children = name === 'Account' ? ['ContactAccessLevel', 'OpportunityAccessLevel', 'CaseAccessLevel'] : [];
  const columns = [record, 'UserOrGroupId', accessLevel, 'RowCause', ...children];
  for (const entry of shareEntries(org, name, row === undefined ? {} : { rows: [row] })) {
    yield Object.fromEntries(columns.map((column) => [column, shareValue(name, table, entry, column)]));
  }
}
