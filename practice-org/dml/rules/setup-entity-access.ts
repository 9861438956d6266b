import type { ObjectRule } from '../object-rule.ts';
import { recordsWhere } from '../table-rows.ts';
import { duplicateOfUnknown } from '../unique-fields.ts';

/** Access to a connected app, class or page: what it is follows from the Id. */
export const setupEntityAccessRule: ObjectRule = {
  completeInsert({ org }, values) {
    const { ParentId = null, SetupEntityId = null } = values;
    if (recordsWhere(org, 'SetupEntityAccess', { ParentId, SetupEntityId }).length > 0) throw duplicateOfUnknown();
    const keyPrefix = typeof SetupEntityId === 'string' ? SetupEntityId.slice(0, 3) : null;
    const entity = [...org.schema.objects()].find((object) => object.keyPrefix === keyPrefix);
    return { ...values, SetupEntityType: entity?.name ?? null };
  },
};
