import { beforeEach, describe, expect, it } from 'vitest';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given profiles', () => {
  let sut: DmlOrg;
  beforeEach(() => {
    sut = new DmlOrg();
  });

  const custom = () =>
    sut.insert('Profile', {
      Name: 'Mine',
      UserLicenseId: sut.idWhere('UserLicense', { Name: 'Salesforce Integration' }),
    });

  it('When a profile is created, Then it owns a permission set', () => {
    expect(sut.count('PermissionSet', { ProfileId: custom(), IsOwnedByProfile: true })).toBe(1);
  });

  it('When a custom profile gains a permission, Then the set that it owns has it', () => {
    const id = custom();

    sut.update('Profile', id, { PermissionsViewSetup: true });

    expect(sut.count('PermissionSet', { ProfileId: id, PermissionsViewSetup: true })).toBe(1);
  });

  it('When a standard profile is updated, Then it is read-only', () => {
    expect(
      refusal(() => sut.update('Profile', sut.integrationProfile(), { PermissionsViewSetup: true })).errorCode,
    ).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });

  it('When a custom profile is deleted, Then the set that it owned is gone', () => {
    const id = custom();

    sut.delete('Profile', id);

    expect(sut.count('PermissionSet', { ProfileId: id })).toBe(0);
  });

  it('When a profile with users is deleted, Then it is refused', () => {
    const id = custom();
    sut.integrationUser({ ProfileId: id });

    expect(refusal(() => sut.delete('Profile', id)).errorCode).toBe('DELETE_FAILED');
  });

  it('When a second profile takes the name, Then the name is in use', () => {
    custom();

    expect(refusal(custom).message).toBe('The profile name is already in use: Name');
  });
});
