import { answerOr, type Answers, type Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { Definition } from '../../definition/definition.js';
import { sameName } from '../permissions/held-permissions.js';
import { heldQuestions } from '../permissions/questions.js';
import { runnerQuestions } from '../permissions/runner.js';
import { isOpenModel, viewsAllData, viewsAllRecords } from '../permissions/view-all.js';
import { runningUsername } from '../user/state.js';
import { entityText, objectAccess, seesEverything } from './effective-access.js';
import { membershipDoubts } from './membership-doubts.js';
import { rolesBelow } from './memberships.js';
import { concernedObjects } from './questions.js';
import { refusalOf, type AccessState } from './state.js';

/** An object whose rows are to be counted: which should be visible, and what is known of who sees them. */
export type ProofSubject = {
  readonly sobject: string;
  /** Null: no flag filters this object, so that whatever is visible is only counted. */
  readonly flagField: string | null;
  /** By the permissions; null where Salesforce doesn't tell which the user has. */
  readonly isReadable: boolean | null;
  /** Permissions that show every row. */
  readonly seesEverything: readonly string[];
  /** The declared default, where it is open to everybody inside. */
  readonly openDefault: string | null;
  /** Rows of this object come along with flagged accounts, because the definition asks for it: the flag of Account. */
  readonly comesWithFlagged: string | null;
  readonly userId: string;
  readonly subordinateRoleIds: readonly string[];
  /** The user and every group through which something may be shared with it. */
  readonly principals: readonly string[];
  readonly groupNames: ReadonlyMap<string, string>;
  /**
   * Why it is not known through which groups and roles something reaches the user: rows that are visible may then be put down to the
   * wrong cause, and suspicious ones not be looked at.
   */
  readonly membershipDoubts: readonly string[];
  /** Whether the person who asks sees every row: who doesn't, can't tell what the user doesn't see. */
  readonly runnerSeesAll: boolean;
};

export function runnerRound(definition: Definition, answers: Answers): readonly Question[] {
  const runner = runningUsername(answers);
  const objects = concernedObjects(definition, answers);
  if (runner === null || objects.length === 0) return [];
  return [runnerQuestions.permissions(runner), runnerQuestions.objects(runner, objects)];
}

export function proofSubjects(state: AccessState): readonly ProofSubject[] {
  const { userId, share } = state;
  if (userId === null) return [];
  const readable = new Set(objectAccess(state).map(({ sobject }) => sobject));
  const isKnown = heldQuestions(state.definition.username).every(
    (question) => refusalOf(state.answers, question) === null,
  );
  const shared = (share?.shared ?? []).map(({ name }) => name);
  const doubts = membershipDoubts(state);
  return [...new Set([...shared, ...readable])].map((sobject) => ({
    sobject,
    flagField: shared.includes(sobject) ? (share?.names.flagField ?? null) : null,
    isReadable: readable.has(sobject) || (isKnown ? false : null),
    seesEverything: seesEverything(state, sobject),
    openDefault: openDefault(state, sobject),
    comesWithFlagged: comesWithFlagged(state, sobject),
    userId,
    subordinateRoleIds: rolesBelow(state.roleId, state.answers).map(({ id }) => id),
    principals: [userId, ...state.groups.map(({ id }) => id)],
    groupNames: new Map(state.groups.map(({ id, name }) => [id, name])),
    membershipDoubts: doubts,
    runnerSeesAll: runnerSeesAll(state, sobject),
  }));
}

/** The declared default where the definition has looked, else what Salesforce reports. */
function openDefault(state: AccessState, sobject: string): string | null {
  const declared = state.share?.models.get(sobject)?.internal;
  const model = declared ?? entityText(state, sobject, 'InternalSharingModel');
  return model !== null && isOpenModel(model) ? model : null;
}

function comesWithFlagged({ share }: AccessState, sobject: string): string | null {
  const account = share?.shared.find(({ name }) => name === 'Account');
  const level = account?.request.related[sobject as keyof typeof account.request.related];
  return level === undefined || level === 'none' ? null : (share?.names.flagField ?? null);
}

function runnerSeesAll(state: AccessState, sobject: string): boolean {
  const { answers, definition } = state;
  if (openDefault(state, sobject) !== null) return true;
  const runner = runningUsername(answers);
  if (runner === null) return false;
  const sets = answerOr(answers, runnerQuestions.permissions(runner), []);
  const objects = answerOr(answers, runnerQuestions.objects(runner, concernedObjects(definition, answers)), []);
  return (
    sets.some(viewsAllData) ||
    objects.some((row) => sameName(textAt(row, 'SobjectType') ?? '', sobject) && viewsAllRecords(row))
  );
}
