import type { UserPart } from '../../definition/definition.js';
import type { Answers, Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import { nearestNames } from '../../planning/suggestion.js';
import { userQuestions } from './questions.js';
import { isAnswered, rowsOf } from './state.js';
import { texts } from './texts.js';

export type RoleChoice = {
  readonly role: { readonly id: string; readonly name: string } | null;
  readonly findings: readonly Finding[];
};

export function roleQuestions(user: UserPart, answers: Answers): readonly Question[] {
  if (user.role === null) return [];
  const question = userQuestions.role(user.role);
  if (!isAnswered(answers, question)) return [question];
  const [row] = rowsOf(answers, question);
  const id = row === undefined ? null : textAt(row, 'Id');
  return id === null ? [userQuestions.allRoles] : [userQuestions.subordinateRoles(id)];
}

/** Whoever stands above others in the role tree sees what they own: an integration user should stand above nobody. */
export function chooseRole(user: UserPart, answers: Answers): RoleChoice {
  if (user.role === null) return { role: null, findings: [] };
  const [row] = rowsOf(answers, userQuestions.role(user.role));
  const id = row === undefined ? null : textAt(row, 'Id');
  if (row === undefined || id === null) return { role: null, findings: [notFound(user.role, answers)] };
  const name = textAt(row, 'DeveloperName') ?? user.role;
  const below = namesIn(rowsOf(answers, userQuestions.subordinateRoles(id)));
  const findings =
    below.length === 0
      ? []
      : [texts.finding('warning', 'RoleHasSubordinates', name, [name, below.length, shortList(below)])];
  return { role: { id, name }, findings };
}

function notFound(wanted: string, answers: Answers): Finding {
  const nearest = nearestNames(wanted, namesIn(rowsOf(answers, userQuestions.allRoles)));
  if (nearest.length === 0) return texts.finding('error', 'RoleNotFound', wanted, [wanted]);
  const { message } = texts.finding('error', 'RoleNotFound', wanted, [wanted]);
  return { severity: 'error', code: 'RoleNotFound', subject: wanted, message, fix: didYouMean(nearest) };
}

function namesIn(rows: readonly Parameters<typeof textAt>[0][]): readonly string[] {
  return rows.flatMap((row) => textAt(row, 'DeveloperName') ?? []);
}

export function didYouMean(names: readonly string[]): string {
  return texts.text('didYouMean', [names.join(', ')]);
}

export function shortList(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length <= most ? shown : texts.text('andMore', [shown, names.length - most]);
}
