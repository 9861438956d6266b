import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withNeededOperations, withNeededSystemPermissions } from '../../../../src/features/grant/dependencies.js';

const operations = ['read', 'create', 'edit', 'delete'] as const;
const permissions = ['ManageUsers', 'ModifyMetadata', 'AuthorApex', 'RunReports', 'ViewAllData', 'ApiEnabled'];

describe('Given permissions that need others', () => {
  it.each([
    ['create', ['create', 'read']],
    ['delete', ['delete', 'edit', 'read']],
  ] as const)('When %s is granted, Then what it needs comes along', (operation, expected) => {
    expect([...withNeededOperations([operation])].sort()).toEqual(expected);
  });

  it('When a system permission needs one that needs another, Then all come along', () => {
    expect(withNeededSystemPermissions(['AuthorApex'])).toEqual([
      'AuthorApex',
      'ModifyMetadata',
      'ViewRoles',
      'ViewSetup',
    ]);
  });

  it('When the closure is closed again, Then nothing is added', () => {
    fc.assert(
      fc.property(fc.subarray(permissions), fc.subarray([...operations]), (system, object) => {
        const closed = withNeededSystemPermissions(system);
        const closedOperations = withNeededOperations(object);
        expect(withNeededSystemPermissions(closed)).toEqual(closed);
        expect(withNeededOperations([...closedOperations])).toEqual(closedOperations);
      }),
    );
  });
});
