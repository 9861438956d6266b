import type { OrgPort, Read } from '../org/port.js';
import type {
  Answer,
  Answers,
  CountQuestion,
  DescribeQuestion,
  ListQuestion,
  MetadataQuestion,
  Question,
  RecordsQuestion,
} from './question.js';

/** What is known so far, and what is still to ask. */
export type Asking = (answers: Answers) => readonly Question[];

/** A bound on rounds: questions follow from answers, so a feature that always asks something new would never end. */
const maximalRounds = 12;
const countsAtOnce = 4;

/**
 * Asks until nothing new is asked: in each round every open question once, bundled and in parallel. Reads only.
 */
export async function observe(asking: Asking, port: OrgPort): Promise<Answers> {
  const known = new Map<string, Answer<Question>>();
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
    answerRecords(ofKind(open, 'records'), port, note),
    answerCounts(ofKind(open, 'count'), port, note),
    answerDescriptions(ofKind(open, 'describe'), port, note),
    answerMetadata(ofKind(open, 'metadata'), port, note),
    answerLists(ofKind(open, 'list'), port, note),
    answerIdentity(ofKind(open, 'identity'), port, note),
  ]);
}

async function answerRecords(questions: readonly RecordsQuestion[], port: OrgPort, note: Note): Promise<void> {
  if (questions.length > 0) noteAll(questions, await port.queryAll(questions), note);
}

/** Counts run long; a few at a time leave the org its breath. */
async function answerCounts(questions: readonly CountQuestion[], port: OrgPort, note: Note): Promise<void> {
  const waiting = [...questions];
  const work = async (): Promise<void> => {
    for (let question = waiting.shift(); question !== undefined; question = waiting.shift()) {
      note(question, await port.count(question.soql, question.timeoutMs));
    }
  };
  await Promise.all(Array.from({ length: countsAtOnce }, work));
}

async function answerDescriptions(questions: readonly DescribeQuestion[], port: OrgPort, note: Note): Promise<void> {
  await Promise.all(questions.map(async (question) => note(question, await port.describe(question.sobject))));
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

async function answerIdentity(questions: readonly Question[], port: OrgPort, note: Note): Promise<void> {
  for (const question of questions) note(question, { ok: true, value: await port.identity() });
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
