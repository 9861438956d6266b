import { answerOr } from '../../../observation/question.js';
import { numberAt, textAt } from '../../../observation/row.js';
import type { Finding } from '../../../planning/finding.js';
import { shareQuestions } from '../../share/questions.js';
import { isShared, type CheckDefinition } from '../check.js';
import { rolesAbove, rolesBelow } from '../memberships.js';
import { verificationQuestions } from '../questions.js';
import { namedShareCauses } from '../row-causes.js';
import type { VerificationState } from '../state.js';
import { texts } from '../texts.js';

/** A user above others in the role hierarchy sees what they own and what is shared with them. */
export const roleHierarchy: CheckDefinition = {
  id: 'role-hierarchy',
  isAsked: isShared,
  needs: () => [shareQuestions.roles],
  examine: ({ definition: { username }, roleId, answers }) => {
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
    return { problems, evidence: [evidence] };
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
  needs: ({ definition }) => sharedNames(definition.share).map(shareQuestions.rules),
  examine: (state) => {
    const { share, groups, definition } = state;
    const reaching = (share?.shared ?? []).flatMap((object) =>
      object.rules.all
        .filter(({ name }) => name.toLowerCase() !== share?.names.rule.toLowerCase())
        .flatMap((rule) => {
          const through = rule.sharedWith.filter((target) => reaches(state, target));
          return through.length === 0
            ? []
            : [
                texts.finding('warning', 'OtherRuleShares', object.name, [
                  `${object.name}.${rule.name}`,
                  definition.username,
                  targetsText(through),
                ]),
              ];
        }),
    );
    const others = groups.filter(({ name, type }) => type === 'Regular' && name !== share?.names.group);
    return {
      problems: reaching,
      evidence:
        others.length === 0
          ? [texts.text('evidence.noOtherGroups')]
          : [texts.text('evidence.otherGroups', [others.map(({ name }) => name).join(', ')])],
    };
  },
};

type Target = { readonly kind: string; readonly name: string };

function reaches({ groups, roleId, answers }: VerificationState, { kind, name }: Target): boolean {
  const above = rolesAbove(roleId, answers).map(({ developerName }) => developerName);
  const below = rolesBelow(roleId, answers).map(({ developerName }) => developerName);
  switch (kind) {
    case 'allInternalUsers':
      return true;
    case 'group':
    case 'queue':
      return groups.some((group) => group.name === name);
    case 'role':
      return above[0] === name || below.includes(name);
    case 'roleAndSubordinates':
    case 'roleAndSubordinatesInternal':
      return above.includes(name) || below.includes(name);
    default:
      return false;
  }
}

export const teamsAndTerritories: CheckDefinition = {
  id: 'teams-and-territories',
  isAsked: isShared,
  needs: () => [],
  examine: ({ definition: { username }, answers }) => {
    const teams = answerOr(answers, shareQuestions.teamMemberships(username), 0);
    const territories = answerOr(answers, shareQuestions.userTerritories(username), []).map(
      (row) => textAt(row, 'Territory2.Name') ?? '',
    );
    return {
      problems: [
        ...(teams === 0 ? [] : [texts.finding('warning', 'OnAccountTeams', username, [username, String(teams)])]),
        ...(territories.length === 0
          ? []
          : [texts.finding('warning', 'InTerritories', username, [username, territories.join(', ')])]),
      ],
      evidence: [texts.text('evidence.teams', [String(teams), territories.length])],
    };
  },
};

/** Rows that people or code shared one by one, with the user itself or with a group it belongs to. */
export const otherShares: CheckDefinition = {
  id: 'other-shares',
  isAsked: ({ share, userId }) => share !== null && userId !== null,
  needs: (state) => sharedNames(state.definition.share).map((sobject) => causesQuestion(state, sobject)),
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

function shortList(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} +${names.length - 5}`;
}
