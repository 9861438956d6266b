import { describe, expect, it } from 'vitest';
import { toRecord } from '../../../src/flags/name-value.js';

describe('Given NAME=VALUE pairs', () => {
  it('When a value holds equals signs, Then only the first one separates', () => {
    expect(toRecord('user-field', ['Title=a=b', 'Department='])).toEqual({ Title: 'a=b', Department: '' });
  });

  it.each([[['Department']], [['=x']], [['Department=a', 'department=b']]])(
    'When they are %j, Then it is a usage error',
    (pairs) => {
      expect(() => toRecord('user-field', pairs)).toThrow(expect.objectContaining({ exitCode: 2 }));
    },
  );
});
