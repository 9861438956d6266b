import type { Finding } from '../../../planning/finding.js';
import { permissionQuestions } from '../../permissions/questions.js';
import { liftingPermissions } from '../../permissions/system-permissions.js';
import type { CheckDefinition, Examination } from '../check.js';
import { outdatedGroups } from '../outdated-groups.js';
import { sourceText } from '../sources.js';
import type { VerificationState } from '../state.js';
import { texts } from '../texts.js';

const exists = ({ user }: VerificationState): boolean => user !== null;
const permissionsOf = ({ definition }: VerificationState) => [
  permissionQuestions.assignments(definition.username),
  permissionQuestions.sets(definition.username),
  permissionQuestions.objects(definition.username),
];

/** View All and Modify All, of all data or of one object, void every filter. */
export const viewAllRecords: CheckDefinition = {
  id: 'view-all-records',
  isAsked: exists,
  needs: permissionsOf,
  examine: (state) => {
    const { definition, held } = state;
    if (definition.grant?.allowUnfiltered === true) {
      return { problems: [], evidence: [texts.text('evidence.unfilteredAllowed')] };
    }
    const bySystem = held.sources.flatMap((source) =>
      (['ViewAllData', 'ModifyAllData', 'ViewAllUsers'] as const)
        .filter((permission) => source.systemPermissions.has(permission))
        .map((permission) =>
          texts.finding('warning', 'BypassBySystemPermission', source.name, [permission, sourceText(source)]),
        ),
    );
    const excepted = new Set(definition.share?.unfiltered ?? []);
    const byObject = held.objects
      .filter(({ object }) => !excepted.has(object))
      .flatMap((row) =>
        (['viewAllRecords', 'modifyAllRecords'] as const)
          .filter((permission) => row[permission])
          .map((permission) => bypassByObject(permission, row.object, sourceText(row.source))),
      );
    return result(state, [...bySystem, ...byObject]);
  },
};

/** View All Fields shows every field of an object, whatever the rows say (Object Reference, ObjectPermissions). */
export const viewAllFields: CheckDefinition = {
  id: 'view-all-fields',
  isAsked: exists,
  needs: permissionsOf,
  examine: (state) =>
    result(
      state,
      state.held.objects
        .filter((row) => row.viewAllFields)
        .map((row) => bypassByObject('viewAllFields', row.object, sourceText(row.source))),
    ),
};

/** Permissions with which the user could give itself more. */
export const elevation: CheckDefinition = {
  id: 'elevation',
  isAsked: exists,
  needs: permissionsOf,
  examine: (state) => {
    const { held, definition } = state;
    const asked = new Set(definition.grant?.systemPermissions ?? []);
    return result(
      state,
      held.sources.flatMap((source) =>
        [...source.systemPermissions]
          .filter((permission) => permission in liftingPermissions && !asked.has(permission))
          .map((permission) =>
            texts.finding('warning', 'CanLiftFilter', source.name, [permission, sourceText(source)]),
          ),
      ),
    );
  },
};

function bypassByObject(
  permission: 'viewAllRecords' | 'modifyAllRecords' | 'viewAllFields',
  sobject: string,
  source: string,
): Finding {
  return texts.finding('warning', 'BypassByObjectPermission', sobject, [
    texts.text(`permission.${permission}`),
    sobject,
    source,
  ]);
}

function result(state: VerificationState, problems: readonly Finding[]): Examination {
  const unknowns = outdatedGroups(state);
  return { problems, unknowns, evidence: problems.length === 0 ? [texts.text('evidence.none')] : [] };
}
