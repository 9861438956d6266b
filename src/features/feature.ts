import type { Definition } from '../definition/definition.js';
import type { Answers, Question } from '../observation/question.js';
import type { Plan } from '../planning/plan.js';

/**
 * One capability, pure: what it wants to know, and what follows from the answers. `questions` is called again with what is
 * known so far until it asks nothing new; `plan` is total for answered questions. Neither does any input or output.
 */
export type Feature = {
  readonly name: 'user' | 'hide' | 'grant' | 'share' | 'leftovers';
  isAsked(definition: Definition): boolean;
  questions(definition: Definition, answers: Answers): readonly Question[];
  /** What the server itself says of the outcome; whoever asks it of everything needs none of these. */
  crossChecks?(definition: Definition, answers: Answers): readonly Question[];
  plan(definition: Definition, answers: Answers): Plan;
};
