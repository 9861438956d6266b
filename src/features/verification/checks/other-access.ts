import { answerOr, type Answers } from '../../../observation/question.js';
import { isUnsupported } from '../../../observation/refusal.js';
import { numberAt, textAt } from '../../../observation/row.js';
import type { Finding } from '../../../planning/finding.js';
import { shareQuestions } from '../../share/questions.js';
import { isShared, type CheckDefinition } from '../check.js';
import { roleDoubts } from '../membership-doubts.js';
import { rolesAbove, rolesBelow } from '../memberships.js';
import { verificationQuestions } from '../questions.js';
import { namedShareCauses } from '../row-causes.js';
import type { VerificationState } from '../state.js';
import { shortList, texts } from '../texts.js';

/** A user above others in the role hierarchy sees what they own and what is shared with them. */
export const roleHierarchy: CheckDefinition = {
  id: 'role-hierarchy',
  isAsked: isShared,
  needs: () => [shareQuestions.roles],
  examine: (state) => {
    const {
      definition: { username },
      roleId,
      answers,
    } = state;
    const own = rolesAbove(roleId, answers)[0];
    const below = rolesBelow(roleId, answers).map(({ name }) => name);
    const problems =
      own === undefined || below.length === 0
        ? []
        : [
            texts.finding('warning', 'RoleHasSubordinates', own.name, [
              username,
              own.name,
              below.length,
              shortList(below),
            ]),
          ];
    const evidence = own === undefined ? texts.text('evidence.noRole') : texts.text('evidence.role', [own.name]);
    const unknowns = roleDoubts(state);
    return { problems, unknowns, evidence: own === undefined && unknowns.length > 0 ? [] : [evidence] };
  },
};

/** Owners see their records, flagged or not; so do those who create them. */
export const ownership: CheckDefinition = {
  id: 'ownership',
  isAsked: isShared,
  needs: ({ definition }) =>
    sharedNames(definition.share).map((object) => shareQuestions.ownedByUser(object, definition.username)),
  examine: ({ definition, answers }) => {
    const { username } = definition;
    const owned = sharedNames(definition.share).map((sobject) => ({
      sobject,
      count: answerOr(answers, shareQuestions.ownedByUser(sobject, username), 'not counted'),
    }));
    return {
      problems: owned
        .filter(({ count }) => count !== 0 && count !== 'not counted')
        .map(({ sobject, count }) =>
          texts.finding('warning', 'OwnsRecords', sobject, [username, String(count), sobject]),
        ),
      unknowns: owned
        .filter(({ count }) => count === 'not counted')
        .map(({ sobject }) => texts.finding('warning', 'NotCounted', sobject, [username, sobject])),
      evidence: owned.map(({ sobject, count }) => texts.text('evidence.owned', [sobject, String(count)])),
    };
  },
};

/** Rules of other people that reach the user: through everybody, a group, its role or a role below. */
export const otherRules: CheckDefinition = {
  id: 'other-rules',
  isAsked: isShared,
  needs: ({ definition, membershipQuestions }) => [
    ...sharedNames(definition.share).map(shareQuestions.rules),
    ...membershipQuestions,
  ],
  examine: (state) => {
    const { share, groups, definition } = state;
    const found = (share?.shared ?? []).flatMap((object) =>
      object.rules.all
        .filter(({ name }) => name.toLowerCase() !== share?.names.rule.toLowerCase())
        .map(({ name, sharedWith }) => ({
          object: object.name,
          rule: `${object.name}.${name}`,
          reaching: sharedWith.filter((target) => reach(state, target) === 'reaches'),
          // A rule shares with somebody: without a target it was not understood.
          open: sharedWith.length === 0 ? [unread] : sharedWith.filter((target) => reach(state, target) === 'unknown'),
        })),
    );
    const others = groups.filter(({ name, type }) => type === 'Regular' && name !== share?.names.group);
    return {
      problems: found
        .filter(({ reaching }) => reaching.length > 0)
        .map(({ object, rule, reaching }) =>
          texts.finding('warning', 'OtherRuleShares', object, [rule, definition.username, targetsText(reaching)]),
        ),
      unknowns: [
        ...found
          .filter(({ reaching, open }) => reaching.length === 0 && open.length > 0)
          .map(({ object, rule, open }) =>
            texts.finding('warning', 'RuleTargetUnknown', object, [rule, definition.username, targetsText(open)]),
          ),
        ...roleDoubts(state),
      ],
      evidence:
        others.length === 0
          ? [texts.text('evidence.noOtherGroups')]
          : [texts.text('evidence.otherGroups', [others.map(({ name }) => name).join(', ')])],
    };
  },
};

type Target = { readonly kind: string; readonly name: string };
type Reach = 'reaches' | 'misses' | 'unknown';

const unread: Target = { kind: 'sharedTo', name: '?' };

/** Only people from outside, and above them whoever has them below (Metadata API, SharedTo). */
const outsiders: readonly string[] = [
  'allCustomerPortalUsers',
  'allPartnerUsers',
  'guestUser',
  'portalRole',
  'portalRoleAndSubordinates',
];

/** Of managers it is not known who they are, nor which territory stands below which: who is in none is in none below. */
function reach({ groups, roleId, answers, definition }: VerificationState, { kind, name }: Target): Reach {
  const above = rolesAbove(roleId, answers).map(({ developerName }) => developerName);
  const below = rolesBelow(roleId, answers).map(({ developerName }) => developerName);
  const when = (isReached: boolean): Reach => (isReached ? 'reaches' : 'misses');
  switch (kind) {
    case 'allInternalUsers':
      return 'reaches';
    case 'group':
    case 'queue':
      return when(groups.some((group) => group.name === name));
    case 'role':
      return when(above[0] === name || below.includes(name));
    case 'roleAndSubordinates':
    case 'roleAndSubordinatesInternal':
      return when(above.includes(name) || below.includes(name));
    case 'territory':
    case 'territoryAndSubordinates':
      return isInNoTerritory(definition.username, answers) && below.length === 0 ? 'misses' : 'unknown';
    default:
      return outsiders.includes(kind) && below.length === 0 ? 'misses' : 'unknown';
  }
}

function isInNoTerritory(username: string, answers: Answers): boolean {
  const answer = answers.get(shareQuestions.userTerritories(username));
  return answer?.ok === true && answer.value.length === 0;
}

export const teamsAndTerritories: CheckDefinition = {
  id: 'teams-and-territories',
  isAsked: isShared,
  needs: ({ definition: { username }, answers }) =>
    [shareQuestions.teamMemberships(username), shareQuestions.userTerritories(username)].filter(
      (question) => !isUnsupported(answers, question),
    ),
  examine: ({ definition: { username }, answers }) => {
    const teams = answerOr(answers, shareQuestions.teamMemberships(username), 0);
    const territories = answerOr(answers, shareQuestions.userTerritories(username), []).map(
      (row) => textAt(row, 'Territory2.Name') ?? '',
    );
    return {
      problems: [
        ...(teams === 0 || teams === 'not counted'
          ? []
          : [texts.finding('warning', 'OnAccountTeams', username, [username, String(teams)])]),
        ...(territories.length === 0
          ? []
          : [texts.finding('warning', 'InTerritories', username, [username, territories.join(', ')])]),
      ],
      unknowns: teams === 'not counted' ? [texts.finding('warning', 'TeamsNotCounted', username, [username])] : [],
      evidence: [texts.text('evidence.teams', [String(teams), territories.length])],
    };
  },
};

/** Rows that people or code shared one by one, with the user itself or with a group it belongs to. */
export const otherShares: CheckDefinition = {
  id: 'other-shares',
  isAsked: ({ share, userId }) => share !== null && userId !== null,
  needs: (state) => [
    ...sharedNames(state.definition.share).map((sobject) => causesQuestion(state, sobject)),
    ...state.membershipQuestions,
  ],
  examine: (state) => {
    const found = sharedNames(state.definition.share).map((sobject) => ({
      sobject,
      causes: answerOr(state.answers, causesQuestion(state, sobject), []).map((row) => ({
        cause: textAt(row, 'RowCause') ?? '',
        shares: numberAt(row, 'shares') ?? 0,
      })),
    }));
    const problems: readonly Finding[] = found.flatMap(({ sobject, causes }) =>
      causes
        .filter(({ cause }) => !namedShareCauses.has(cause))
        .map(({ cause, shares }) =>
          texts.finding('warning', cause === 'Manual' ? 'SharedByHand' : 'SharedByCode', sobject, [
            state.definition.username,
            shares,
            sobject,
            cause,
          ]),
        ),
    );
    return {
      problems,
      unknowns: roleDoubts(state),
      evidence: found.map(({ sobject, causes }) =>
        texts.text('evidence.shares', [
          sobject,
          causes.map(({ cause, shares }) => `${cause} ${shares}`).join(', ') || '0',
        ]),
      ),
    };
  },
};

function causesQuestion({ userId, groups }: VerificationState, sobject: string) {
  return verificationQuestions.shareCauses(sobject, [userId ?? '', ...groups.map(({ id }) => id)]);
}

function sharedNames(share: VerificationState['definition']['share']): readonly string[] {
  return share?.objects.map(({ object }) => object) ?? [];
}

function targetsText(targets: readonly Target[]): string {
  return targets.map(({ kind, name }) => (name === '' ? kind : `${kind} ${name}`)).join(', ');
}
