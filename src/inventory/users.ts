import { readOwnership } from '../definition/ownership.js';
import { heldThrough, type HeldPermissions } from '../features/permissions/held-permissions.js';
import { userQuestions } from '../features/user/questions.js';
import { answerOr, type Answers, type Question, type Row } from '../observation/question.js';
import { booleanAt, textAt } from '../observation/row.js';
import { driftOf } from './drift.js';
import type { ListedUser } from './inventory.js';
import { orgFacts } from './org-facts.js';
import { inventoryQuestions, setQuestions } from './questions.js';
import { changedCount, createdCount, listedObjects } from './sight.js';
import { voidsOf } from './voids.js';

export function listedUsers(answers: Answers): readonly ListedUser[] {
  const licensed = licenseHolders(answers);
  const facts = orgFacts(answers);
  const arePermissionsKnown = permissionsAreKnown(answers);
  const assignments = Map.groupBy(workingAssignments(answers), (row) => textAt(row, 'AssigneeId'));
  return answerOr(answers, inventoryQuestions.users, []).map((row) => {
    const userId = textAt(row, 'Id') ?? '';
    const username = textAt(row, 'Username') ?? '';
    const own = assignments.get(userId) ?? [];
    const integration = integrationOf(own);
    const held = heldBy(own, answers);
    const objects = arePermissionsKnown ? listedObjects({ userId, integration, held }, facts, answers) : null;
    return {
      username,
      userId,
      name: textAt(row, 'Name') ?? username,
      integration,
      isActive: booleanAt(row, 'IsActive'),
      profile: textAt(row, 'Profile.Name') ?? '',
      hasPermissionSetLicense: licensed?.has(username) ?? null,
      lastLogin: textAt(row, 'LastLoginDate'),
      created: sumOf(facts.counted.map((sobject) => createdCount(sobject, userId, answers))),
      changed: sumOf(facts.counted.map((sobject) => changedCount(sobject, userId, answers))),
      objects,
      voids: voidsOf(held),
      drift: integration === null ? [] : driftOf(integration, userId, facts),
    };
  });
}

function licenseHolders(answers: Answers): ReadonlySet<string | null> | null {
  const answer = answers.get(userQuestions.permissionSetLicenseHolders);
  return answer?.ok === true ? new Set(answer.value.map((row) => textAt(row, 'Assignee.Username'))) : null;
}

/** Without these nothing can be said about what a user sees; an empty answer would look like "nothing". */
function permissionsAreKnown(answers: Answers): boolean {
  const needed: readonly Question[] = [
    inventoryQuestions.assignments,
    inventoryQuestions.objects,
    ...setQuestions(answers),
  ];
  return needed.every((question) => answers.get(question)?.ok === true);
}

/** What only a session activates gives nothing to a machine that logs in. */
function workingAssignments(answers: Answers): readonly Row[] {
  return answerOr(answers, inventoryQuestions.assignments, []).filter(
    (row) => !booleanAt(row, 'PermissionSet.HasActivationRequired'),
  );
}

function integrationOf(assignments: readonly Row[]): string | null {
  const marks = assignments.map((row) => readOwnership(textAt(row, 'PermissionSet.Description')));
  return marks.find((mark) => mark !== null)?.integration ?? null;
}

function heldBy(assignments: readonly Row[], answers: Answers): HeldPermissions {
  const sets = setQuestions(answers).flatMap((page) => answerOr(answers, page, []));
  return heldThrough(assignments, sets, answerOr(answers, inventoryQuestions.objects, []), []);
}

/** Of what could be counted; null where nothing could. */
function sumOf(counts: ReadonlyArray<number | null>): number | null {
  const numbers = counts.filter((count) => count !== null);
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0);
}
