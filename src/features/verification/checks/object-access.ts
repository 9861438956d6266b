import { booleanAt, textAt } from '../../../observation/row.js';
import { accessSet } from '../../grant/access-set.js';
import { namedSetObjects } from '../../grant/named-sets.js';
import { fieldCatalogue } from '../../permissions/field-catalogue.js';
import { heldQuestions } from '../../permissions/questions.js';
import type { CheckDefinition } from '../check.js';
import { hiddenFields, objectAccess } from '../effective-access.js';
import { outdatedGroups } from '../outdated-groups.js';
import type { VerificationState } from '../state.js';
import { texts } from '../texts.js';
import { foreignSets, wantedSetQuestions } from '../wanted-sets.js';

/** What the definition grants on objects; View All and its kin have checks of their own. */
const granted = ['read', 'create', 'edit', 'delete'] as const;
type Operation = (typeof granted)[number];
type ExpectedAccess = ReadonlyMap<string, ReadonlySet<Operation>>;

export const objectsAsDefined: CheckDefinition = {
  id: 'object-access',
  isWithoutDefinition: ({ definition }) => definition.grant === null,
  isAsked: ({ user }) => user !== null,
  needs: (state) => [...heldQuestions(state.definition.username), ...wantedSetQuestions(state)],
  examine: (state) => {
    const actual = objectAccess(state);
    const expected = state.definition.grant === null ? null : expectedAccess(state);
    const beyond =
      expected === null
        ? []
        : actual.flatMap(({ sobject, operations, sources }) => {
            const extra = granted.filter(
              (operation) => operations.includes(operation) && expected.get(sobject)?.has(operation) !== true,
            );
            return extra.length === 0
              ? []
              : [texts.finding('warning', 'AccessBeyond', sobject, [sobject, extra.join(', '), sources.join(', ')])];
          });
    const lacking = [...(expected ?? new Map<string, ReadonlySet<Operation>>())].flatMap(([sobject, wanted]) => {
      const has = actual.find((access) => access.sobject === sobject)?.operations ?? [];
      const missing = [...wanted].filter((operation) => !has.includes(operation));
      return missing.length === 0
        ? []
        : [texts.finding('warning', 'AccessLacking', sobject, [sobject, missing.join(', ')])];
    });
    return {
      problems: [...beyond, ...lacking, ...unfiltered(state)],
      unknowns: outdatedGroups(state),
      evidence: actual.map(({ sobject, operations, sources }) =>
        texts.text('evidence.object', [sobject, operations.join(', '), sources.join(', ')]),
      ),
    };
  },
};

/** The owned set as it is to be, and the sets that the definition assigns as they are. */
function expectedAccess(state: VerificationState): ExpectedAccess {
  const { definition, answers, held } = state;
  const expected = new Map<string, Set<Operation>>();
  const add = (sobject: string, operations: readonly Operation[]): void => {
    expected.set(sobject, new Set([...(expected.get(sobject) ?? []), ...operations]));
  };
  const { wanted } = accessSet(definition, hiddenFields(definition, answers), fieldCatalogue(answers), answers);
  for (const row of wanted.objectPermissions)
    add(
      row.object,
      granted.filter((operation) => row[operation]),
    );
  const named = new Set(foreignSets(state).map((name) => name.toLowerCase()));
  const fromSets = held.objects.filter(
    ({ source }) => source.kind !== 'profile' && named.has(source.name.toLowerCase()),
  );
  for (const row of fromSets)
    add(
      row.object,
      granted.filter((operation) => row[operation]),
    );
  for (const { row } of namedSetObjects(definition, answers)) {
    const operations = granted.filter((operation) =>
      booleanAt(row, `Permissions${operation[0]?.toUpperCase() ?? ''}${operation.slice(1)}`),
    );
    add(textAt(row, 'SobjectType') ?? '', operations);
  }
  return expected;
}

/** Readable objects that nothing filters and that the definition doesn't except. */
function unfiltered({ grantDrift, definition }: VerificationState) {
  if (definition.grant?.allowUnfiltered === true) return [];
  return grantDrift.findings
    .filter(({ code }) => code === 'Unfiltered')
    .filter(({ subject }) => definition.share?.objects.some(({ object }) => object === subject) !== true)
    .map((finding) => ({ ...finding, severity: 'warning' as const }));
}
