import type { OrgPort, Read } from '../org/port.js';
import {
  ask,
  type Answer,
  type Answers,
  type CountQuestion,
  type DescribeQuestion,
  type IdentityQuestion,
  type ListQuestion,
  type MetadataQuestion,
  type Question,
  type RecordsQuestion,
} from './question.js';

/** What is known so far, and what is still to ask. */
export type Asking = (answers: Answers) => readonly Question[];

/** A bound on rounds: questions follow from answers, so a feature that always asks something new would never end. */
const maximalRounds = 12;

/**
 * Asks until nothing new is asked: in each round every open question once, bundled and in parallel. Reads only.
 */
export async function observe(asking: Asking, port: OrgPort): Promise<Answers> {
  const identity: Answer<IdentityQuestion> = { ok: true, value: { username: port.username } };
  const known = new Map<string, Answer<Question>>([[ask.identity.key, identity]]);
  const answers: Answers = { get: (question) => known.get(question.key) as Answer<typeof question> | undefined };
  for (let round = 0; round < maximalRounds; round += 1) {
    const open = distinct(asking(answers)).filter((question) => !known.has(question.key));
    if (open.length === 0) return answers;
    await answerRound(open, port, (question, answer) => void known.set(question.key, answer));
  }
  throw new Error('The observation of the org did not come to an end.');
}

type Note = (question: Question, answer: Answer<Question>) => void;

async function answerRound(open: readonly Question[], port: OrgPort, note: Note): Promise<void> {
  await Promise.all([
    answerRecordsAndDescriptions(ofKind(open, 'records'), ofKind(open, 'describe'), port, note),
    answerCounts(ofKind(open, 'count'), port, note),
    answerMetadata(ofKind(open, 'metadata'), port, note),
    answerLists(ofKind(open, 'list'), port, note),
  ]);
}

async function answerRecordsAndDescriptions(
  records: readonly RecordsQuestion[],
  describes: readonly DescribeQuestion[],
  port: OrgPort,
  note: Note,
): Promise<void> {
  if (records.length + describes.length === 0) return;
  const sobjects = describes.map((question) => question.sobject);
  const { rows, descriptions } = await port.readTogether(records, sobjects);
  noteAll(records, rows, note);
  noteAll(describes, descriptions, note);
}

async function answerCounts(questions: readonly CountQuestion[], port: OrgPort, note: Note): Promise<void> {
  if (questions.length > 0) noteAll(questions, await port.countAll(questions), note);
}

async function answerMetadata(questions: readonly MetadataQuestion[], port: OrgPort, note: Note): Promise<void> {
  const types = [...new Set(questions.map((question) => question.type))];
  await Promise.all(
    types.map(async (type) => {
      const ofType = questions.filter((question) => question.type === type);
      const fullNames = ofType.map((question) => question.fullName);
      noteAll(ofType, await port.readMetadata(type, fullNames), note);
    }),
  );
}

async function answerLists(questions: readonly ListQuestion[], port: OrgPort, note: Note): Promise<void> {
  if (questions.length === 0) return;
  noteAll(questions, await port.listMetadata(questions.map((question) => question.type)), note);
}

function noteAll<T>(questions: readonly Question[], reads: ReadonlyArray<Read<T>>, note: Note): void {
  questions.forEach((question, index) => {
    const read = reads[index];
    if (read === undefined) throw new Error(`No answer came for ${question.key}.`);
    note(question, read as Answer<Question>);
  });
}

function ofKind<K extends Question['kind']>(
  questions: readonly Question[],
  kind: K,
): ReadonlyArray<Extract<Question, { readonly kind: K }>> {
  return questions.filter((question): question is Extract<Question, { readonly kind: K }> => question.kind === kind);
}

function distinct(questions: readonly Question[]): readonly Question[] {
  return [...new Map(questions.map((question) => [question.key, question])).values()];
}
