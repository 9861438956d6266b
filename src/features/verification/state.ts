import type { Definition } from '../../definition/definition.js';
import type { Answers, Question, Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { refusalText } from '../../observation/refusal.js';
import type { Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { isUnchanged } from '../../planning/change.js';
import { grantFeature } from '../grant/index.js';
import { hideFeature } from '../hide/index.js';
import { heldPermissions, type HeldPermissions } from '../permissions/held-permissions.js';
import { shareState, type ShareState } from '../share/state.js';
import { userFeature } from '../user/index.js';
import { groupsOfUser, type UserGroup } from './memberships.js';
import { userRow } from './questions.js';

/** What the features would still change, and what they found: a state that is as defined has nothing left to change. */
export type Drift = { readonly changes: readonly Change[]; readonly findings: readonly Finding[] };

/** What the user has and is meant to have, as far as it is known: questions that follow from it are asked with it, too. */
export type AccessState = {
  readonly definition: Definition;
  readonly answers: Answers;
  readonly user: Row | null;
  readonly userId: string | null;
  readonly roleId: string | null;
  readonly held: HeldPermissions;
  readonly groups: readonly UserGroup[];
  /** What the groups, and the roles, follow from. */
  readonly membershipQuestions: readonly Question[];
  readonly share: ShareState | null;
};

/** Everything that the checks look at; built once from the answers. */
export type VerificationState = AccessState & {
  readonly userDrift: Drift;
  readonly grantDrift: Drift;
  readonly hideDrift: Drift;
};

const noDrift: Drift = { changes: [], findings: [] };

export function accessState(definition: Definition, answers: Answers): AccessState {
  const user = userRow(definition.username, answers);
  const groups = groupsOfUser(definition.username, answers);
  return {
    definition,
    answers,
    user,
    userId: user === null ? null : textAt(user, 'Id'),
    roleId: user === null ? null : textAt(user, 'UserRoleId'),
    held: heldPermissions(definition.username, answers),
    groups: groups.all,
    membershipQuestions: groups.asked,
    share:
      definition.share === null || definition.integration === null
        ? null
        : shareState(definition, definition.share, answers),
  };
}

export function verificationState(definition: Definition, answers: Answers): VerificationState {
  const driftOf = (feature: typeof userFeature): Drift => {
    if (!feature.isAsked(definition)) return noDrift;
    const plan = feature.plan(definition, answers);
    return { changes: plan.changes.filter((change) => !isUnchanged(change)), findings: plan.findings };
  };
  return {
    ...accessState(definition, answers),
    userDrift: driftOf(userFeature),
    grantDrift: driftOf(grantFeature),
    hideDrift: driftOf(hideFeature),
  };
}

/** Why a question has no answer, in Salesforce's words; null where it has one. */
export function refusalOf(answers: Answers, question: Question): string | null {
  const answer = answers.get(question);
  return answer?.ok === false ? refusalText(answer.refusal) : null;
}
