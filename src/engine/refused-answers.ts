import type { Answer, Answers, Question } from '../observation/question.js';
import { wordsOf } from '../observation/refusal.js';
import type { Finding } from '../planning/finding.js';
import { engineTexts } from './texts.js';

/**
 * Without an answer that decides what is written, nothing is: "refused" must not be read as "there is none". Salesforce
 * refuses whole objects to who lacks the permission ("sObject type 'FieldPermissions' is not supported").
 */
export function refusedAnswers(questions: readonly Question[], answers: Answers): readonly Finding[] {
  const missing = questions
    .filter(({ decisive }) => decisive === true)
    .flatMap((question) => missingAnswer(question, answers.get(question)));
  return [...new Map(missing.map((finding) => [finding.subject, finding])).values()];
}

function missingAnswer(question: Question, answer: Answer<Question> | undefined): readonly Finding[] {
  const subject = subjectOf(question);
  if (answer?.ok === false) return [finding('AnswerRefused', subject, [subject, wordsOf(answer.refusal)])];
  return isUnreadable(question, answer) ? [finding('ComponentUnreadable', subject, [subject])] : [];
}

/** "Not there" about something that is there: taken at its word, a new one would be deployed over it. */
function isUnreadable(question: Question, answer: Answer<Question> | undefined): boolean {
  return question.kind === 'metadata' && question.isThere === true && answer?.ok === true && answer.value === null;
}

function finding(code: 'AnswerRefused' | 'ComponentUnreadable', subject: string, tokens: readonly string[]): Finding {
  return {
    severity: 'error',
    code,
    subject,
    message: engineTexts.getMessage(`finding.${code}`, [...tokens]),
    fix: engineTexts.getMessage(`finding.${code}.fix`, [subject]),
  };
}

function subjectOf(question: Question): string {
  switch (question.kind) {
    case 'records':
    case 'count':
      return /\bFROM (\w+)/.exec(question.soql)?.[1] ?? question.soql;
    case 'describe':
      return question.sobject;
    case 'metadata':
      return `${question.type} ${question.fullName}`;
    default:
      return question.key;
  }
}
