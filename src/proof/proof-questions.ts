import type { Definition } from '../definition/definition.js';
import { groupsOfUser } from '../features/verification/memberships.js';
import { proofSubjects, type ProofSubject } from '../features/verification/proof-subjects.js';
import { concernedObjects } from '../features/verification/questions.js';
import { shareColumns } from '../features/verification/share-objects.js';
import { accessState } from '../features/verification/state.js';
import {
  answerOr,
  ask,
  type Answers,
  type CountQuestion,
  type Question,
  type RecordsQuestion,
} from '../observation/question.js';
import { globalCause } from './explanation.js';
import { countQueries, ownedRows, rowsOwnedBelow, sharedRows } from './queries.js';

/** Null: not filtered by a flag, refused, or not counted in time. */
export type Totals = { readonly flagged: number | null; readonly unflagged: number | null };

/** So many rows of an object can be asked about one by one within the bound on requests: 8 bundles of 25 × 200. */
const mostInFull = 40_000;
const countTimeoutMs = 100_000;
/** So many suspicious rows of each kind are looked at. */
export const mostSuspects = 5_000;
/** Asks for suspicious rows, whose Ids are in the column. */
export type SuspectQuestion = { readonly question: RecordsQuestion; readonly column: string };

/**
 * What of the proof can be asked together with everything else; the rest follows from which rows there are. With the user's own
 * login nothing has to be suspected.
 */
export function proofQuestions(definition: Definition, answers: Answers, hasOwnLogin: boolean): readonly Question[] {
  if (concernedObjects(definition, answers).length === 0) return [];
  const subjects = proofSubjects(accessState(definition, answers));
  const mayBeSampled = !hasOwnLogin && groupsOfUser(definition.username, answers).next.length === 0;
  return subjects.flatMap((subject) => [
    ...countQuestions(subject),
    ...(mayBeSampled && isSampled(subject, totalsOf(subject, answers))
      ? suspectQuestions(subject).map(({ question }) => question)
      : []),
  ]);
}

/** How many rows there are on both sides of the flag, as the running user sees them. */
export function countQuestions(subject: ProofSubject): readonly CountQuestion[] {
  return countQueries(subject).map((query) => ask.count(query, countTimeoutMs));
}

export function totalsOf(subject: ProofSubject, answers: Answers): Totals {
  return totalsFrom(countQuestions(subject).map((question) => answerOr(answers, question, 'not counted')));
}

export function totalsFrom(counts: ReadonlyArray<number | 'not counted'>): Totals {
  const [first = null, second = null] = counts.map((count) => (count === 'not counted' ? null : count));
  return counts.length === 1 ? { flagged: null, unflagged: first } : { flagged: first, unflagged: second };
}

/** Whether there are too many rows to ask about each of them. */
export function isSampled(subject: ProofSubject, totals: Totals): boolean {
  if (subject.isReadable === false || totals.unflagged === null || isOpenToAll(subject)) return false;
  return (totals.flagged ?? 0) + totals.unflagged > mostInFull;
}

/** No flag filters it, and everything is shown anyway. */
export function isOpenToAll(subject: ProofSubject): boolean {
  return subject.flagField === null && globalCause(subject) !== null;
}

/** Rows of the user and its subordinates, and rows shared with it in any way but as the parent of another. */
export function suspectQuestions(subject: ProofSubject): readonly SuspectQuestion[] {
  const limited = (query: string, column: string): SuspectQuestion => ({
    question: ask.records(`${query} LIMIT ${mostSuspects}`),
    column,
  });
  return [
    limited(ownedRows(subject, 'Id'), 'Id'),
    ...(subject.subordinateRoleIds.length === 0 ? [] : [limited(rowsOwnedBelow(subject, 'Id'), 'Id')]),
    limited(sharedRows(subject), shareColumns(subject.sobject).record),
  ];
}
