import type { ObjectDefinition } from '../../schema/definitions.ts';
import type { Values } from '../../storage/table.ts';
import type { ObjectRule, RuleContext, StoredRecord } from '../object-rule.ts';
import { changeRow, recordsWhere } from '../table-rows.ts';

/** "If you attempt to create a record that matches an existing record, the create call updates any modified fields and returns
 * the existing record" (Object Reference, AccountTeamMember). */
export const teamMemberRule: ObjectRule = {
  existingRecord(context, values) {
    const existing = sameMember(context, values);
    if (existing) changeRow(context.org, context.object.name, existing.id, values);
    return existing?.id;
  },
};

function sameMember({ org, object }: RuleContext, values: Values): StoredRecord | undefined {
  const team = teamField(object);
  const { UserId = null } = values;
  if (UserId === null || (values[team] ?? null) === null) return undefined;
  return recordsWhere(org, object.name, { [team]: values[team] ?? null, UserId })[0];
}

function teamField(object: ObjectDefinition): string {
  return object.name === 'AccountTeamMember' ? 'AccountId' : 'OpportunityId';
}
