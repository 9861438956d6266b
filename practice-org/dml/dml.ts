import type { Caller, Dml, PracticeOrg } from '../org/practice-org.ts';
import { deleteRecord } from './delete.ts';
import { insertRecord } from './insert.ts';
import { recountSeats } from './licence-seats.ts';
import { batchPermission, rowPermission } from './row-permission.ts';
import { planUpdate } from './update.ts';

/** The name that is always taken elsewhere, so that DUPLICATE_USERNAME can be met without a second org. */
const takenElsewhere = 'taken@elsewhere.example';

/** Seeded rows have gone past all rules, so the seats that they hold are counted here. */
export function createDml(org: PracticeOrg): Dml {
  recountSeats(org);
  return {
    insert: (caller, object, values) => insertRecord(org, caller, object, values),
    update: (caller, object, id, values) => {
      const update = planUpdate(org, caller, object, Object.keys(values), (definition) =>
        rowPermission(org, caller, definition),
      );
      return update(id, Object.values(values));
    },
    prepareUpdate: (caller: Caller, object, columns) =>
      planUpdate(org, caller, object, columns, (definition) => batchPermission(org, caller, definition)),
    delete: (caller, object, id) => deleteRecord(org, caller, object, id),
    foreignUsernames: new Set([takenElsewhere]),
    indispensableUsers: new Map(),
  };
}
