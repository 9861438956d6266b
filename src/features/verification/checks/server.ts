import { answerOr, type Answers, type RecordsQuestion, type Row } from '../../../observation/question.js';
import { booleanAt, textAt } from '../../../observation/row.js';
import type { Finding } from '../../../planning/finding.js';
import { hideQuestions } from '../../hide/hide-questions.js';
import { heldQuestions, permissionQuestions } from '../../permissions/questions.js';
import { accessKey } from '../../permissions/user-access.js';
import type { CheckDefinition } from '../check.js';
import { entityText, fieldAccess, objectAccess } from '../effective-access.js';
import { durableFields, entityAccessQuestions, fieldAccessQuestions, concernedObjects } from '../questions.js';
import type { VerificationState } from '../state.js';
import { shortList, texts } from '../texts.js';

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
    const objects = objectComparison(state);
    const fields = fieldComparison(state);
    const silent = [...objects.silent, ...fields.silent];
    const { username } = state.definition;
    return {
      problems: [...objects.problems, ...fields.problems],
      unknowns:
        silent.length === 0
          ? []
          : [texts.finding('warning', 'ServerSilent', username, [username, silent.length, shortList(silent)])],
      evidence: [texts.text('evidence.server', [objects.compared, fields.compared])],
    };
  },
};

type Comparison = {
  readonly problems: readonly Finding[];
  readonly compared: number;
  /** What there is no answer about: it was not compared. */
  readonly silent: readonly string[];
};

function objectComparison(state: VerificationState): Comparison {
  const { definition, answers, userId } = state;
  const rows = rowsByKey(entityAccessQuestions(definition, answers), answers);
  const access = objectAccess(state);
  const columns = { read: 'IsReadable', create: 'IsCreatable', edit: 'IsUpdatable', delete: 'IsDeletable' } as const;
  return comparison(
    concernedObjects(definition, answers).map((sobject) => {
      const durableId = entityText(state, sobject, 'DurableId');
      const row = durableId === null ? undefined : rows.get(accessKey(`${durableId}.${userId ?? ''}`));
      if (row === undefined) return { subject: sobject, problems: null };
      const ours = access.find((candidate) => candidate.sobject === sobject)?.operations ?? [];
      const problems = Object.entries(columns)
        .filter(([operation, column]) => booleanAt(row, column) !== ours.includes(operation))
        .map(([operation, column]) => disagreement(sobject, operation, booleanAt(row, column)));
      return { subject: sobject, problems };
    }),
  );
}

function fieldComparison(state: VerificationState): Comparison {
  const { definition, answers, userId } = state;
  const rows = rowsByKey(fieldAccessQuestions(definition, answers), answers);
  const ours = new Map(fieldAccess(state).map((access) => [access.field, access] as const));
  const asked = durableFields(definition, answers).filter(({ field }) => ours.has(field));
  const known = new Set(asked.map(({ field }) => ours.get(field)?.sobject));
  // Fields of which Salesforce lists no definition can't be asked about; an object of which it lists none was not looked at.
  const unlisted = new Set([...ours.values()].map(({ sobject }) => sobject).filter((sobject) => !known.has(sobject)));
  return comparison([
    ...asked.map(({ field, durableId }) => {
      const row = rows.get(accessKey(`${durableId}.${userId ?? ''}`));
      if (row === undefined) return { subject: field, problems: null };
      const server = booleanAt(row, 'IsAccessible');
      return {
        subject: field,
        problems: server === ours.get(field)?.read ? [] : [disagreement(field, 'read', server)],
      };
    }),
    ...[...unlisted].map((sobject) => ({ subject: `${sobject}.*`, problems: null })),
  ]);
}

/** Null: there was nothing to compare with. */
type Compared = { readonly subject: string; readonly problems: readonly Finding[] | null };

function comparison(items: readonly Compared[]): Comparison {
  const silent = items.filter(({ problems }) => problems === null).map(({ subject }) => subject);
  return {
    problems: items.flatMap(({ problems }) => problems ?? []),
    compared: items.length - silent.length,
    silent,
  };
}

function rowsByKey(questions: readonly RecordsQuestion[], answers: Answers): ReadonlyMap<string, Row> {
  const rows = questions.flatMap((question) => answerOr(answers, question, []));
  return new Map(rows.map((row) => [accessKey(textAt(row, 'DurableId') ?? ''), row] as const));
}

function disagreement(subject: string, operation: string, server: boolean): Finding {
  return texts.finding('warning', server ? 'ServerSaysMore' : 'ServerSaysLess', subject, [subject, operation]);
}
