import type { Definition } from '../../definition/definition.js';
import { namesFor } from '../../definition/names.js';
import { answerOr, knownToExist, type Answers, type Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { grantQuestions } from '../grant/grant-questions.js';
import { ownSetName, ownSetRow, permissionQuestions } from '../permissions/questions.js';
import { shareQuestions } from '../share/questions.js';

/** A flag field that an earlier run made and that no shared object of the definition asks for. */
export type FormerFlag = { readonly object: string; readonly field: string };

/** Mostly what other features ask anyway; flags of former objects are found through the flag editors' permission set. */
export function questions(definition: Definition, answers: Answers): readonly Question[] {
  const names = namesFor(definition);
  const former = formerFlags(definition, answers);
  return [
    shareQuestions.editorFields(names.editorSet),
    ...former.flatMap(({ object, field }) => [
      shareQuestions.field(object, field),
      shareQuestions.rules(object),
      shareQuestions.flagged(object, field),
    ]),
    ...(definition.share === null ? sharingQuestions(definition) : []),
    ...(definition.grant === null ? accessQuestions(definition, answers) : []),
  ];
}

function sharingQuestions(definition: Definition): readonly Question[] {
  const names = namesFor(definition);
  return [
    shareQuestions.group(names.group),
    shareQuestions.members(names.group),
    permissionQuestions.ownSets(names),
    shareQuestions.editorAssignments(names.editorSet),
  ];
}

function accessQuestions(definition: Definition, answers: Answers): readonly Question[] {
  const names = namesFor(definition);
  const isEmptied = definition.share !== null && ownSetRow('accessSet', names, answers) !== null;
  return [
    permissionQuestions.ownSets(names),
    grantQuestions.assignees(names.accessSet),
    ...(isEmptied ? [knownToExist(grantQuestions.ownedSet(ownSetName('accessSet', names, answers)))] : []),
  ];
}

export function formerFlags(definition: Definition, answers: Answers): readonly FormerFlag[] {
  const names = namesFor(definition);
  const current = new Set(
    (definition.share?.objects ?? []).map(({ object }) => `${object}.${names.flagField}`.toLowerCase()),
  );
  return answerOr(answers, shareQuestions.editorFields(names.editorSet), [])
    .map((row) => textAt(row, 'Field') ?? '')
    .filter((name) => /^\w+\.\w+__c$/.test(name) && !current.has(name.toLowerCase()))
    .map((name) => ({ object: name.slice(0, name.indexOf('.')), field: name.slice(name.indexOf('.') + 1) }));
}
