import { describe, expect, it } from 'vitest';
import { namedLike } from '../../../../src/features/permissions/set-names.js';

const local = { name: 'API_Access' };
const packaged = { name: 'acme__API_Access' };

describe('Given permission sets of the same name, one of them of a package', () => {
  it.each([
    ['API_Access', local],
    ['api_access', local],
    ['acme__API_Access', packaged],
  ])('When %s is meant, Then it is the one that is called so exactly', (name, meant) => {
    expect(namedLike(name, [packaged, local])).toBe(meant);
  });

  it('When there is only the one of the package, Then its name without namespace means it', () => {
    expect(namedLike('API_Access', [packaged])).toBe(packaged);
  });

  it('When there is only the local one, Then the name of the package means none', () => {
    expect(namedLike('acme__API_Access', [local])).toBeUndefined();
  });
});
