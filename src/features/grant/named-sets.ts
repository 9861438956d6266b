import type { Definition } from '../../definition/definition.js';
import { answerOr, type Answers, type RecordsQuestion, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { namedLike, qualifiedName } from '../permissions/set-names.js';
import { grantQuestions } from './grant-questions.js';

/** A permission set of somebody else's that the definition names. */
export type NamedSet = {
  /** As the definition writes it. */
  readonly wanted: string;
  /** With the namespace of its package. */
  readonly name: string;
  readonly id: string;
  readonly row: Row;
};

/** Other people's sets that the user gets by this definition. */
export function setsToAssign({ grant, user }: Definition): readonly string[] {
  return [...new Set([...(grant?.permissionSets ?? []), ...(grant === null ? [] : (user?.permissionSets ?? []))])];
}

/** What there is of them, and what they give. */
export function namedSetQuestions(definition: Definition): readonly RecordsQuestion[] {
  const names = setsToAssign(definition);
  return names.length === 0 ? [] : [grantQuestions.namedSets(names), grantQuestions.namedSetObjects(names)];
}

export function namedSets(definition: Definition, answers: Answers): readonly NamedSet[] {
  const names = setsToAssign(definition);
  const rows = names.length === 0 ? [] : answerOr(answers, grantQuestions.namedSets(names), []);
  const found = rows.map((row) => ({
    name: qualifiedName(textAt(row, 'Name') ?? '', textAt(row, 'NamespacePrefix')),
    id: textAt(row, 'Id') ?? '',
    row,
  }));
  return names.flatMap((wanted) => {
    const set = namedLike(wanted, found);
    return set === undefined ? [] : [{ ...set, wanted }];
  });
}

/** Object permissions of these sets, and of no other that is called the same in another namespace. */
export function namedSetObjects(
  definition: Definition,
  answers: Answers,
): ReadonlyArray<{ readonly set: NamedSet; readonly row: Row }> {
  const sets = namedSets(definition, answers);
  const rows = sets.length === 0 ? [] : answerOr(answers, grantQuestions.namedSetObjects(setsToAssign(definition)), []);
  return sets.flatMap((set) => rows.filter((row) => textAt(row, 'ParentId') === set.id).map((row) => ({ set, row })));
}
