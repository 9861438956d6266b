import { observe } from '../observation/observe.js';
import { wordsOf } from '../observation/refusal.js';
import type { OrgPort } from '../org/port.js';
import { inventoryFindings } from './findings.js';
import { sortUsers, type Inventory, type SortKey } from './inventory.js';
import { inventoryQuestions, questions } from './questions.js';
import { licenseUse } from './seats.js';
import { inventoryTexts as texts } from './texts.js';
import { listedUsers } from './users.js';

/** Every integration user of the org, with seats, activity and what it may see. Reads only. */
export async function takeInventory(port: OrgPort, sort: SortKey): Promise<Inventory> {
  const answers = await observe(questions, port);
  const users = answers.get(inventoryQuestions.users);
  // "No users" would be a lie.
  if (users?.ok === false) throw texts.createError('error.UsersNotReadable', [wordsOf(users.refusal)]);
  return {
    licenses: licenseUse(answers),
    users: sortUsers(listedUsers(answers), sort),
    findings: inventoryFindings(answers),
    ...port.requestCounts(),
  };
}
