import type { Answer, Answers, AnswerOf, Question } from '../../src/observation/question.js';

/** Answers as values, for plans that are tested without any org. */
export class KnownAnswers implements Answers {
  readonly #answers = new Map<string, Answer<Question>>();

  public know<Q extends Question>(question: Q, value: AnswerOf<Q>): this {
    this.#answers.set(question.key, { ok: true, value });
    return this;
  }

  public get<Q extends Question>(question: Q): Answer<Q> | undefined {
    return this.#answers.get(question.key) as Answer<Q> | undefined;
  }
}
