import { observe } from '../observation/observe.js';
import type { OrgPort } from '../org/port.js';
import { sortUsers, type Inventory, type SortKey } from './inventory.js';
import { questions } from './questions.js';
import { licenseUse, listedUsers } from './users.js';

/** Every integration user of the org, with seats, activity and what it may see. Reads only. */
export async function takeInventory(port: OrgPort, sort: SortKey): Promise<Inventory> {
  const answers = await observe(questions, port);
  return {
    licenses: licenseUse(answers),
    users: sortUsers(listedUsers(answers), sort),
    ...port.requestCounts(),
  };
}
