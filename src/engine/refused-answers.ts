import type { Answers, Question } from '../observation/question.js';
import { wordsOf } from '../observation/refusal.js';
import type { Finding } from '../planning/finding.js';
import { engineTexts } from './texts.js';

/**
 * Without an answer that decides what is written, nothing is: "refused" must not be read as "there is none". Salesforce
 * refuses whole objects to who lacks the permission ("sObject type 'FieldPermissions' is not supported").
 */
export function refusedAnswers(questions: readonly Question[], answers: Answers): readonly Finding[] {
  const refused = questions.flatMap((question) => {
    const answer = answers.get(question);
    return question.decisive === true && answer?.ok === false ? [{ question, refusal: answer.refusal }] : [];
  });
  return [...new Map(refused.map((item) => [subjectOf(item.question), item])).values()].map(
    ({ question, refusal }) => ({
      severity: 'error',
      code: 'AnswerRefused',
      subject: subjectOf(question),
      message: engineTexts.getMessage('finding.AnswerRefused', [subjectOf(question), wordsOf(refusal)]),
      fix: engineTexts.getMessage('finding.AnswerRefused.fix', [subjectOf(question)]),
    }),
  );
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
