import { describe, expect, it } from 'vitest';
import { inputFindings } from '../../../../src/features/user/input-findings.js';
import { definitionOf, userPart } from '../../../support/engine.ts';

const codesFor = (username: string): readonly string[] =>
  inputFindings(definitionOf({ username }), userPart()).map(({ code }) => code);

describe('Given a username', () => {
  it.each(['hubspot.integration@acme.example', "o'brien@acme.example", 'a+b@acme.co.uk', 'x_1-2@sub.acme.example'])(
    'When it is "%s", Then it is taken',
    (username) => {
      expect(codesFor(username)).toEqual([]);
    },
  );

  it.each([
    'bad',
    'a@b',
    'a@@b.example',
    'a b@c.example',
    'ä@b.example',
    '🚀@b.example',
    '.a@b.example',
    'a..b@c.example',
    '',
    "x' OR Name != '@b.example",
  ])('When it is "%s", Then it is refused', (username) => {
    expect(codesFor(username)).toContain('InvalidUsername');
  });

  it('When it has 81 characters, Then it is too long', () => {
    expect(codesFor(`${'a'.repeat(68)}@acme.example`)).toEqual(['ValueTooLong']);
  });
});

describe('Given the name of an integration', () => {
  const integration = 'x'.repeat(81);

  it('When it has 81 characters, Then it is taken: what is named after it is shortened', () => {
    expect(inputFindings(definitionOf({ integration }), userPart())).toEqual([]);
  });

  it('When the last name is as long, Then that is too long', () => {
    const findings = inputFindings(definitionOf({ integration }), userPart({ lastName: integration }));
    expect(findings.map(({ code }) => code)).toEqual(['ValueTooLong']);
  });
});
