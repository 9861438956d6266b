import type { HeldObject, HeldPermissions } from '../features/permissions/held-permissions.js';
import { isOpenModel } from '../features/permissions/view-all.js';
import type { Answers, RecordsQuestion } from '../observation/question.js';
import { numberAt, textAt } from '../observation/row.js';
import type { ListedObject, ListedUser, Sight } from './inventory.js';
import type { OrgFacts } from './org-facts.js';
import { changedBy, createdBy } from './questions.js';

const operations = ['read', 'create', 'edit', 'delete'] as const;

export type Holder = Pick<ListedUser, 'userId' | 'integration'> & { readonly held: HeldPermissions };

/** Every object of the org: what the user may do with it, how much it sees of it, and what it did with it. */
export function listedObjects(holder: Holder, facts: OrgFacts, answers: Answers): readonly ListedObject[] {
  const given = Map.groupBy(holder.held.objects, ({ object }) => object);
  return facts.objects.map((sobject) => {
    const rows = given.get(sobject) ?? [];
    const may = operationsOf(rows, holder.held);
    return {
      sobject,
      sees: may.length === 0 ? 'none' : sightOf(sobject, rows, holder, facts),
      operations: may,
      created: createdCount(sobject, holder.userId, answers),
      changed: changedCount(sobject, holder.userId, answers),
    };
  });
}

/** Without reading there is nothing else; View All Data and Modify All Data bring theirs along, on every object. */
function operationsOf(given: readonly HeldObject[], held: HeldPermissions): readonly string[] {
  const modifiesAll = hasPermission(held, 'ModifyAllData');
  const readsAll = modifiesAll || hasPermission(held, 'ViewAllData');
  if (!readsAll && !given.some(({ read }) => read)) return [];
  return operations.filter(
    (operation) => modifiesAll || (readsAll && operation === 'read') || given.some((row) => row[operation]),
  );
}

function sightOf(sobject: string, given: readonly HeldObject[], holder: Holder, facts: OrgFacts): Sight {
  const { held, integration, userId } = holder;
  const seesAll = given.some(({ viewAllRecords, modifyAllRecords }) => viewAllRecords || modifyAllRecords);
  if (seesAll || hasPermission(held, 'ViewAllData') || hasPermission(held, 'ModifyAllData')) return 'all';
  const model = facts.modelOf(sobject);
  if (model === null) return 'unknown';
  if (isOpenModel(model)) return 'all';
  return integration === null ? 'shared' : sightByFlag(sobject, integration, userId, facts);
}

/** The flag decides where the rule gives flagged records to the group, and the user is in it. */
function sightByFlag(sobject: string, integration: string, userId: string, facts: OrgFacts): Sight {
  const flagged = facts.flaggedFor(integration);
  if (flagged === null || facts.hasLostFlags(integration, userId) === true) return 'unknown';
  if (!flagged.includes(sobject)) return 'shared';
  const isMember = facts.isInGroup(integration, userId);
  const rule = facts.ownRule(sobject, integration);
  if (isMember === false || rule === 'gone' || rule === 'changed') return 'shared';
  return isMember === null || rule === null ? 'unknown' : 'flagged';
}

function hasPermission({ sources }: HeldPermissions, permission: string): boolean {
  return sources.some(({ systemPermissions }) => systemPermissions.has(permission));
}

/** Null where it was not counted. */
export function createdCount(sobject: string, userId: string, answers: Answers): number | null {
  return activityOf(createdBy(sobject), 'CreatedById', userId, answers);
}

export function changedCount(sobject: string, userId: string, answers: Answers): number | null {
  return activityOf(changedBy(sobject), 'LastModifiedById', userId, answers);
}

function activityOf(question: RecordsQuestion, column: string, userId: string, answers: Answers): number | null {
  const answer = answers.get(question);
  if (answer?.ok !== true) return null;
  const row = answer.value.find((candidate) => textAt(candidate, column) === userId);
  return row === undefined ? 0 : numberAt(row, 'records');
}
