import { namesFor } from '../../definition/names.js';
import type { Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { namedSetQuestions, namedSets } from '../grant/named-sets.js';
import { ownSetRow, permissionQuestions } from '../permissions/questions.js';
import { qualifiedName } from '../permissions/set-names.js';
import { assignableNames, assignableQuestions } from '../user/permission-sets.js';
import type { AccessState } from './state.js';

/** All permission sets and groups that the user is to have, with the namespaces of their packages. */
export function wantedSets(state: AccessState): readonly string[] {
  return [...new Set([ownSetName(state), ...foreignSets(state)])];
}

/** Those that are somebody else's. */
export function foreignSets({ definition, answers }: AccessState): readonly string[] {
  const { user, grant } = definition;
  const named = new Map(namedSets(definition, answers).map(({ wanted, name }) => [wanted, name] as const));
  return [
    ...(user === null ? [] : assignableNames(user, answers)),
    ...(grant?.permissionSets ?? []).map((name) => named.get(name) ?? name),
  ];
}

/** What tells which sets the names mean. */
export function wantedSetQuestions({ definition }: AccessState): readonly Question[] {
  return [
    permissionQuestions.ownSets(namesFor(definition)),
    ...namedSetQuestions(definition),
    ...(definition.user === null ? [] : assignableQuestions(definition.user)),
  ];
}

function ownSetName({ definition, answers }: AccessState): string {
  const names = namesFor(definition);
  const row = ownSetRow('accessSet', names, answers);
  return row === null ? names.accessSet : qualifiedName(names.accessSet, textAt(row, 'NamespacePrefix'));
}
