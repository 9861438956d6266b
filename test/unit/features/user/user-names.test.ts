import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aliasOf, nicknameOf } from '../../../../src/features/user/user-names.js';

describe('Given any integration and username', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 120 });

  it('When an alias is derived, Then it has 1 to 8 characters', () => {
    fc.assert(
      fc.property(text, text, (integration, username) => {
        const alias = aliasOf(integration, username);
        return alias.length >= 1 && alias.length <= 8 && alias.isWellFormed();
      }),
    );
  });

  it('When a nickname is derived, Then it has at most 40 characters and is the same every time', () => {
    fc.assert(
      fc.property(text, (username) => {
        const nickname = nicknameOf(username);
        return nickname.length <= 40 && nickname === nicknameOf(username.toLowerCase());
      }),
    );
  });
});

describe('Given two usernames with the same first part', () => {
  it('When nicknames are derived, Then they differ', () => {
    expect(nicknameOf('hubspot@acme.example')).not.toBe(nicknameOf('hubspot@other.example'));
  });
});
