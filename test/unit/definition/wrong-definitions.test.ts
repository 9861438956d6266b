import { describe, expect, it } from 'vitest';
import { parseDefinition } from '../../../src/definition/parse.js';
import type { Problem } from '../../../src/definition/problem.js';
import { wrongDefinitions, type WrongDefinition } from './wrong-definitions.ts';

const sut = ({ content }: WrongDefinition): readonly Problem[] => {
  const parsed = parseDefinition(typeof content === 'string' ? new TextEncoder().encode(content) : content, {
    environment: {},
    recipes: ['hubspot', 'marketo'],
  });
  return parsed.ok ? [] : parsed.problems;
};

describe.each(wrongDefinitions.map((wrong) => [wrong.title, wrong] as const))('Given %s', (_, wrong) => {
  it('When parsed, Then every problem is named at its place', () => {
    expect(sut(wrong).map(({ line, column, path }) => `${String(line)}:${String(column)} ${path}`)).toEqual(
      wrong.problems,
    );
  });

  it('When parsed, Then what was probably meant is suggested', () => {
    expect(sut(wrong).flatMap(({ suggestion }) => suggestion ?? [])).toEqual(wrong.suggestions ?? []);
  });

  it('When parsed, Then the messages are sentences about the file, not about the parser', () => {
    for (const { message } of sut(wrong)) expect(message).toMatch(/^\S.*[.\]]$/s);
  });
});
