import { integrationLicense, integrationPermissionSetLicense } from '../features/user/constants.js';
import { runnerQuestions } from '../features/permissions/runner.js';
import { viewsAllData } from '../features/permissions/view-all.js';
import { userQuestions } from '../features/user/questions.js';
import { runningUsername } from '../features/user/state.js';
import { answerOr, type Answers, type Question } from '../observation/question.js';
import { wordsOf } from '../observation/refusal.js';
import type { Finding } from '../planning/finding.js';
import { changedBy, countedObjects, createdBy, questions } from './questions.js';
import { inventoryTexts as texts } from './texts.js';

/** What is not known, and why: "unknown" in a table must not look like "nothing". */
export function inventoryFindings(answers: Answers): readonly Finding[] {
  const activity = new Set(
    countedObjects(answers).flatMap((sobject) => [createdBy(sobject).key, changedBy(sobject).key]),
  );
  const refused = questions(answers).flatMap((question) => {
    const answer = answers.get(question);
    if (answer?.ok !== false) return [];
    const code = activity.has(question.key) ? 'NotCounted' : 'NotReadable';
    return [{ code, subject: subjectOf(question), reason: wordsOf(answer.refusal) }];
  });
  // Of several questions about one thing the first refusal says enough; one refusal of several things is said once.
  const bySubject = new Map(refused.toReversed().map((item) => [`${item.code} ${item.subject}`, item]));
  const byReason = Map.groupBy([...bySubject.values()].toReversed(), ({ code, reason }) => `${code} ${reason}`);
  const found = [...byReason.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [warning(first.code, [first, ...others].map(({ subject }) => subject).join(', '), [first.reason])],
  );
  return [...found, ...missingLicenses(answers), ...partialCounts(answers)];
}

function missingLicenses(answers: Answers): readonly Finding[] {
  const licenses = {
    [integrationLicense]: userQuestions.license,
    [integrationPermissionSetLicense]: userQuestions.permissionSetLicense,
  };
  return Object.entries(licenses).flatMap(([name, question]) => {
    const answer = answers.get(question);
    if (answer?.ok !== true || answer.value.length > 0) return [];
    const message = texts.getMessage('finding.LicenseMissing', [name]);
    return [{ severity: 'warning', code: 'LicenseMissing', subject: name, message }];
  });
}

/** Counts hold for what the running user sees. */
function partialCounts(answers: Answers): readonly Finding[] {
  const runner = runningUsername(answers);
  if (runner === null || countedObjects(answers).length === 0) return [];
  const seesAll = answerOr(answers, runnerQuestions.permissions(runner), []).some(viewsAllData);
  return seesAll ? [] : [warning('CountsPartial', runner)];
}

function warning(code: string, subject: string, tokens: readonly string[] = []): Finding {
  return {
    severity: 'warning',
    code,
    subject,
    message: texts.getMessage(`finding.${code}`, [subject, ...tokens]),
    fix: texts.getMessage('finding.fix'),
  };
}

function subjectOf(question: Question): string {
  if ('soql' in question) return /\bFROM (\w+)/.exec(question.soql)?.[1] ?? question.soql;
  if (question.kind === 'describe') return question.sobject;
  return question.kind === 'metadata' ? `${question.type} ${question.fullName}` : question.key;
}
