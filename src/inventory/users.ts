import { namesOf } from '../definition/names.js';
import { isOwned, readOwnership } from '../definition/ownership.js';
import { integrationPermissionSetLicense } from '../features/user/constants.js';
import { userQuestions } from '../features/user/questions.js';
import { shareQuestions } from '../features/share/questions.js';
import { parseSharingRules } from '../metadata/sharing-rule.js';
import { answerOr, type Answers, type RecordsQuestion, type Row } from '../observation/question.js';
import { booleanAt, numberAt, textAt } from '../observation/row.js';
import type { LicenseUse, ListedObject, ListedUser, Sight } from './inventory.js';
import {
  changedBy,
  createdBy,
  flagsQuestion,
  inventoryQuestions,
  knownIntegrations,
  readableObjects,
} from './questions.js';
import { inventoryTexts as texts } from './texts.js';

const operations = ['Read', 'Create', 'Edit', 'Delete'] as const;

/** Who holds the seats; the number in use lags behind in Salesforce, so that active holders are counted besides. */
export function licenseUse(answers: Answers): readonly LicenseUse[] {
  const users = answerOr(answers, inventoryQuestions.users, []).filter((row) => booleanAt(row, 'IsActive'));
  const assigned = answerOr(answers, userQuestions.permissionSetLicenseHolders, []);
  return [
    ...answerOr(answers, userQuestions.license, []).map((row) =>
      useOf(
        row,
        'UserLicense',
        textAt(row, 'Name') ?? '',
        users.map((user) => textAt(user, 'Username') ?? ''),
      ),
    ),
    ...answerOr(answers, userQuestions.permissionSetLicense, []).map((row) =>
      useOf(
        row,
        'PermissionSetLicense',
        textAt(row, 'DeveloperName') ?? integrationPermissionSetLicense,
        assigned.map((holder) => textAt(holder, 'Assignee.Username') ?? ''),
      ),
    ),
  ];
}

function useOf(row: Row, kind: LicenseUse['kind'], name: string, holders: readonly string[]): LicenseUse {
  const total = numberAt(row, 'TotalLicenses') ?? 0;
  const used = Math.max(numberAt(row, 'UsedLicenses') ?? 0, holders.length);
  return { name, kind, total, used, free: Math.max(0, total - used), holders };
}

export function listedUsers(answers: Answers): readonly ListedUser[] {
  const holders = new Set(
    answerOr(answers, userQuestions.permissionSetLicenseHolders, []).map((row) => textAt(row, 'Assignee.Username')),
  );
  return answerOr(answers, inventoryQuestions.users, []).map((row) => {
    const userId = textAt(row, 'Id') ?? '';
    const username = textAt(row, 'Username') ?? '';
    const sets = assignmentsOf(userId, answers);
    const integration = integrationOf(sets);
    const objects = objectsOf(userId, sets, integration, answers);
    return {
      username,
      userId,
      name: textAt(row, 'Name') ?? username,
      integration,
      isActive: booleanAt(row, 'IsActive'),
      profile: textAt(row, 'Profile.Name') ?? '',
      hasPermissionSetLicense: holders.has(username),
      lastLogin: textAt(row, 'LastLoginDate'),
      created: sumOf(objects.map(({ created }) => created)),
      changed: sumOf(objects.map(({ changed }) => changed)),
      objects,
      voids: voidsOf(sets, answers),
      drift: integration === null ? [] : driftOf(integration, userId, answers),
    };
  });
}

function assignmentsOf(userId: string, answers: Answers): readonly Row[] {
  return answerOr(answers, inventoryQuestions.assignments, []).filter(
    (row) => textAt(row, 'AssigneeId') === userId && !booleanAt(row, 'PermissionSet.HasActivationRequired'),
  );
}

function integrationOf(sets: readonly Row[]): string | null {
  const marks = sets.map((row) => readOwnership(textAt(row, 'PermissionSet.Description')));
  return marks.find((mark) => mark !== null)?.integration ?? null;
}

function permissionsOf(sets: readonly Row[], answers: Answers): readonly Row[] {
  const ids = new Set(sets.map((row) => textAt(row, 'PermissionSetId')));
  return answerOr(answers, inventoryQuestions.objects, []).filter((row) => ids.has(textAt(row, 'ParentId')));
}

function objectsOf(
  userId: string,
  sets: readonly Row[],
  integration: string | null,
  answers: Answers,
): readonly ListedObject[] {
  const rows = permissionsOf(sets, answers);
  const seesEverything = sets.some(seesAllData);
  return readableObjects(answers).flatMap((sobject) => {
    const given = rows.filter((row) => textAt(row, 'SobjectType') === sobject);
    if (!given.some((row) => booleanAt(row, 'PermissionsRead'))) {
      return [{ sobject, sees: 'none' as const, operations: [], created: 0, changed: 0 }];
    }
    const sees = seesEverything || given.some(seesAllRecords) ? 'all' : sightOf(sobject, integration, answers);
    return [
      {
        sobject,
        sees,
        operations: operations
          .filter((operation) => given.some((row) => booleanAt(row, `Permissions${operation}`)))
          .map((operation) => operation.toLowerCase()),
        created: activityOf(createdBy(sobject), 'CreatedById', userId, answers),
        changed: activityOf(changedBy(sobject), 'LastModifiedById', userId, answers),
      },
    ];
  });
}

function sightOf(sobject: string, integration: string | null, answers: Answers): Sight {
  if (modelOf(sobject, answers) !== 'Private') return 'all';
  return integration !== null && hasOwnRule(sobject, integration, answers) ? 'flagged' : 'shared';
}

function modelOf(sobject: string, answers: Answers): string | null {
  const objects = readableObjects(answers);
  const rows = objects.length === 0 ? [] : answerOr(answers, inventoryQuestions.models(objects), []);
  const row = rows.find((candidate) => textAt(candidate, 'QualifiedApiName') === sobject);
  return row === undefined ? null : textAt(row, 'InternalSharingModel');
}

function hasOwnRule(sobject: string, integration: string, answers: Answers): boolean {
  const metadata = answerOr(answers, shareQuestions.rules(sobject), null);
  return (
    metadata !== null &&
    parseSharingRules(sobject, metadata).some(({ description }) => isOwned(description, integration))
  );
}

function voidsOf(sets: readonly Row[], answers: Answers): readonly string[] {
  const byId = new Map(sets.map((row) => [textAt(row, 'PermissionSetId'), sourceText(row)] as const));
  const system = sets.filter(seesAllData).map((row) => texts.getMessage('void.allData', [sourceText(row)]));
  const objects = permissionsOf(sets, answers)
    .filter(seesAllRecords)
    .map((row) =>
      texts.getMessage('void.object', [textAt(row, 'SobjectType') ?? '', byId.get(textAt(row, 'ParentId')) ?? '']),
    );
  return [...new Set([...system, ...objects])];
}

/** Flags that no longer decide: their default is open, their rule is gone, or the user has left the group. */
function driftOf(integration: string, userId: string, answers: Answers): readonly string[] {
  const names = namesOf(integration);
  const flagged = answerOr(answers, flagsQuestion(knownIntegrations(answers)), [])
    .filter((row) => textAt(row, 'Parent.Name') === names.editorSet)
    .flatMap((row) => textAt(row, 'SobjectType') ?? []);
  const inGroup = answerOr(answers, inventoryQuestions.memberships, []).some(
    (row) => textAt(row, 'UserOrGroupId') === userId && textAt(row, 'Group.DeveloperName') === names.group,
  );
  return [
    ...(flagged.length > 0 && !inGroup ? [texts.getMessage('drift.group', [names.group])] : []),
    ...[...new Set(flagged)].flatMap((sobject) => {
      const model = modelOf(sobject, answers);
      return [
        ...(model !== null && model !== 'Private' ? [texts.getMessage('drift.default', [sobject, model])] : []),
        ...(hasOwnRule(sobject, integration, answers) ? [] : [texts.getMessage('drift.rule', [sobject])]),
      ];
    }),
  ];
}

function activityOf(question: RecordsQuestion, column: string, userId: string, answers: Answers): number | null {
  const answer = answers.get(question);
  if (answer?.ok !== true) return null;
  const row = answer.value.find((candidate) => textAt(candidate, column) === userId);
  return row === undefined ? 0 : numberAt(row, 'records');
}

function sumOf(numbers: ReadonlyArray<number | null>): number | null {
  return numbers.includes(null) ? null : numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
}

function seesAllData(row: Row): boolean {
  return (
    booleanAt(row, 'PermissionSet.PermissionsViewAllData') || booleanAt(row, 'PermissionSet.PermissionsModifyAllData')
  );
}

function seesAllRecords(row: Row): boolean {
  return booleanAt(row, 'PermissionsViewAllRecords') || booleanAt(row, 'PermissionsModifyAllRecords');
}

function sourceText(row: Row): string {
  const profile = booleanAt(row, 'PermissionSet.IsOwnedByProfile') ? textAt(row, 'PermissionSet.Profile.Name') : null;
  return profile ?? textAt(row, 'PermissionSet.Label') ?? textAt(row, 'PermissionSet.Name') ?? '';
}
