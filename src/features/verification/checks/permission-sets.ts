import { comparePermissionSets, permissionText } from '../../../metadata/permission-set.js';
import { accessSet } from '../../grant/access-set.js';
import { accessSetQuestions } from '../../grant/questions.js';
import { fieldCatalogue } from '../../permissions/field-catalogue.js';
import { sameName } from '../../permissions/held-permissions.js';
import { permissionQuestions } from '../../permissions/questions.js';
import { hiddenFields } from '../effective-access.js';
import type { CheckDefinition } from '../check.js';
import { outdatedGroups } from '../outdated-groups.js';
import { sourceText } from '../sources.js';
import type { VerificationState } from '../state.js';
import { texts } from '../texts.js';
import { wantedSetQuestions, wantedSets } from '../wanted-sets.js';

const isNamed = ({ definition, user }: VerificationState): boolean =>
  user !== null && definition.integration !== null && (definition.grant !== null || definition.share !== null);

/** Exactly the sets that the definition names: each further one may give anything, now or later. */
export const permissionSets: CheckDefinition = {
  id: 'permission-sets',
  isAsked: isNamed,
  needs: (state) => [permissionQuestions.assignments(state.definition.username), ...wantedSetQuestions(state)],
  examine: (state) => {
    const { held } = state;
    const { username } = state.definition;
    const assigned = held.sources.filter(({ kind }) => kind !== 'profile');
    const wanted = wantedSets(state);
    const missing = wanted.filter((name) => !assigned.some((source) => sameName(source.name, name)));
    const unexpected = assigned.filter((source) => !wanted.some((name) => sameName(name, source.name)));
    return {
      problems: [
        ...missing.map((name) => texts.finding('warning', 'PermissionSetMissing', name, [name, username])),
        ...unexpected.map((source) =>
          texts.finding('warning', 'PermissionSetNotDefined', source.name, [sourceText(source), username]),
        ),
      ],
      unknowns: outdatedGroups(state),
      evidence: held.sources.map(sourceText),
    };
  },
};

/** The owned set holds exactly what was asked for. */
export const ownAccessSet: CheckDefinition = {
  id: 'access-set',
  isAsked: isNamed,
  needs: ({ definition, answers }) => accessSetQuestions(definition, definition.integration ?? '', answers),
  examine: ({ definition, answers }) => {
    const set = accessSet(definition, hiddenFields(definition, answers), fieldCatalogue(answers), answers);
    if (set.existing === null) {
      return { problems: [texts.finding('warning', 'AccessSetMissing', set.name, [set.name])], evidence: [] };
    }
    const { missing, extra } = comparePermissionSets(set.existing, set.wanted);
    const list = (items: typeof missing): string => items.map(permissionText).join(', ');
    return {
      problems: [
        ...(missing.length === 0
          ? []
          : [texts.finding('warning', 'AccessSetLacks', set.name, [set.name, list(missing)])]),
        ...(extra.length === 0 ? [] : [texts.finding('warning', 'AccessSetWider', set.name, [set.name, list(extra)])]),
      ],
      evidence: [
        texts.text('evidence.accessSet', [
          set.name,
          set.existing.objectPermissions.length,
          set.existing.fieldPermissions.length,
          set.existing.userPermissions.length,
        ]),
      ],
    };
  },
};
