import { answerOr } from '../../../observation/question.js';
import { booleanAt, textAt } from '../../../observation/row.js';
import type { Finding } from '../../../planning/finding.js';
import { hideQuestions } from '../../hide/hide-questions.js';
import { heldQuestions, permissionQuestions } from '../../permissions/questions.js';
import type { CheckDefinition } from '../check.js';
import { entityText, fieldAccess, objectAccess } from '../effective-access.js';
import { durableFields, entityAccessQuestions, fieldAccessQuestions, concernedObjects } from '../questions.js';
import type { VerificationState } from '../state.js';
import { texts } from '../texts.js';

/** Salesforce evaluates access of other users itself (Tooling API, UserEntityAccess and UserFieldAccess): both must agree. */
export const serverAgrees: CheckDefinition = {
  id: 'server-agrees',
  isAsked: ({ user }) => user !== null,
  needs: ({ definition, answers }) => [
    ...heldQuestions(definition.username),
    permissionQuestions.legalFields,
    ...entityAccessQuestions(definition, answers),
    ...fieldAccessQuestions(definition, answers),
    ...concernedObjects(definition, answers).map(hideQuestions.classification),
  ],
  examine: (state) => {
    const objects = objectDifferences(state);
    const fields = fieldDifferences(state);
    return {
      problems: [...objects.problems, ...fields.problems],
      evidence: [texts.text('evidence.server', [objects.compared, fields.compared])],
    };
  },
};

type Comparison = { readonly problems: readonly Finding[]; readonly compared: number };

function objectDifferences(state: VerificationState): Comparison {
  const { definition, answers, userId } = state;
  const rows = entityAccessQuestions(definition, answers).flatMap((question) => answerOr(answers, question, []));
  const access = objectAccess(state);
  const columns = { read: 'IsReadable', create: 'IsCreatable', edit: 'IsUpdatable', delete: 'IsDeletable' } as const;
  const problems = concernedObjects(definition, answers).flatMap((sobject) => {
    const durableId = `${entityText(state, sobject, 'DurableId') ?? ''}.${userId ?? ''}`;
    const row = rows.find((candidate) => textAt(candidate, 'DurableId') === durableId);
    if (row === undefined) return [];
    const ours = access.find((candidate) => candidate.sobject === sobject)?.operations ?? [];
    return Object.entries(columns)
      .filter(([operation, column]) => booleanAt(row, column) !== ours.includes(operation))
      .map(([operation, column]) => disagreement(sobject, operation, booleanAt(row, column)));
  });
  return { problems, compared: rows.length };
}

function fieldDifferences(state: VerificationState): Comparison {
  const { definition, answers, userId } = state;
  const rows = fieldAccessQuestions(definition, answers).flatMap((question) => answerOr(answers, question, []));
  const byId = new Map(rows.map((row) => [textAt(row, 'DurableId') ?? '', row] as const));
  const ours = new Map(fieldAccess(state).map((access) => [access.field, access.read] as const));
  const readable = new Set(objectAccess(state).map(({ sobject }) => sobject));
  const problems = durableFields(definition, answers).flatMap(({ field, durableId }) => {
    const row = byId.get(`${durableId}.${userId ?? ''}`);
    const isReadableObject = readable.has(field.split('.')[0] ?? '');
    if (row === undefined || !isReadableObject) return [];
    const server = booleanAt(row, 'IsAccessible');
    return server === (ours.get(field) ?? false) ? [] : [disagreement(field, 'read', server)];
  });
  return { problems, compared: rows.length };
}

function disagreement(subject: string, operation: string, server: boolean): Finding {
  return texts.finding('warning', server ? 'ServerSaysMore' : 'ServerSaysLess', subject, [subject, operation]);
}
