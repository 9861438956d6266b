import type { Question } from '../../observation/question.js';
import type { Finding } from '../../planning/finding.js';
import type { Check, CheckId, CheckStatus } from '../../planning/verification.js';
import { refusalOf, type AccessState, type VerificationState } from './state.js';
import { texts } from './texts.js';

export type Examination = {
  /** Each makes the check fail, and says what to do. */
  readonly problems: readonly Finding[];
  /** Each leaves the outcome open where nothing else made the check fail. */
  readonly unknowns?: readonly Finding[];
  /** What was seen. */
  readonly evidence: readonly string[];
  /** Worth knowing, and no failure. */
  readonly notes?: readonly Finding[];
};

/** One thing to prove. Where Salesforce refuses one of the answers it needs, the outcome is unknown, never a pass. */
export type CheckDefinition = {
  readonly id: CheckId;
  /** Where nothing was asked for, and what there is is only looked at, the check has a title that doesn't claim more. */
  isWithoutDefinition?(state: VerificationState): boolean;
  isAsked(state: VerificationState): boolean;
  needs(state: VerificationState): readonly Question[];
  examine(state: VerificationState): Examination;
};

export type Checked = { readonly check: Check; readonly findings: readonly Finding[] };

export function runCheck(definition: CheckDefinition, state: VerificationState): Checked {
  const title = titleOf(definition.id, definition.isWithoutDefinition?.(state) ?? false);
  const refusals = refusalsOf(definition.needs(state), state);
  if (refusals.length > 0) return unanswered(definition.id, title, refusals);
  const { problems, unknowns = [], evidence, notes = [] } = definition.examine(state);
  const status: CheckStatus = problems.length > 0 ? 'fail' : unknowns.length > 0 ? 'unknown' : 'pass';
  const open = [...problems, ...unknowns];
  return { check: checkOf(definition.id, title, status, open, evidence), findings: [...open, ...notes] };
}

/** Why Salesforce doesn't answer, each reason once. */
export function refusalsOf(questions: readonly Question[], { answers }: AccessState): readonly string[] {
  return [...new Set(questions.flatMap((question) => refusalOf(answers, question) ?? []))];
}

/** Without the answers that it needs, a check has no outcome. */
export function unanswered(id: CheckId, title: string, refusals: readonly string[]): Checked {
  const finding = texts.finding('warning', 'NotReadable', id, [title, refusals.join('; ')]);
  return { check: checkOf(id, title, 'unknown', [finding], []), findings: [finding] };
}

export function titleOf(id: CheckId, isWithoutDefinition: boolean): string {
  return texts.text(`check.${id}${isWithoutDefinition ? '.looked-at' : ''}`);
}

export function checkOf(
  id: CheckId,
  title: string,
  status: CheckStatus,
  problems: readonly Finding[],
  evidence: readonly string[],
): Check {
  return {
    id,
    title,
    status,
    evidence: [...problems.map(({ message }) => message), ...evidence],
    fixes: [...new Set(problems.flatMap(({ fix }) => fix ?? []))],
  };
}

export function always(): boolean {
  return true;
}

export function isShared({ share }: VerificationState): boolean {
  return share !== null;
}
