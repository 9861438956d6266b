import { beforeEach, describe, expect, it } from 'vitest';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given an org with person accounts', () => {
  let sut: DmlOrg;
  beforeEach(() => {
    sut = new DmlOrg({ quirks: { 'person-accounts': 'on' } });
  });

  const person = () => sut.insert('Account', { FirstName: 'Ada', LastName: 'Byron' });
  const contactOf = (accountId: string) => String(sut.find('Account', accountId)['PersonContactId']);

  it('When an Account is created with a last name, Then it is called after the person', () => {
    expect(sut.find('Account', person())['Name']).toBe('Ada Byron');
  });

  it('When an Account is created with a last name, Then it has a Contact of its own', () => {
    const accountId = person();

    expect(sut.find('Contact', contactOf(accountId))['AccountId']).toBe(accountId);
  });

  it('When the person is renamed, Then the Contact is too', () => {
    const accountId = person();

    sut.update('Account', accountId, { LastName: 'Lovelace' });

    expect(sut.find('Contact', contactOf(accountId))['Name']).toBe('Ada Lovelace');
  });

  it('When the Contact is renamed, Then the person is too', () => {
    const accountId = person();

    sut.update('Contact', contactOf(accountId), { LastName: 'Lovelace' });

    expect(sut.find('Account', accountId)['Name']).toBe('Ada Lovelace');
  });

  it('When the person gets a name directly, Then it cannot be updated', () => {
    expect(refusal(() => sut.update('Account', person(), { Name: 'Ada' })).fields).toEqual(['Name']);
  });

  it('When the Contact is moved to another Account, Then it is refused', () => {
    const other = sut.insert('Account', { Name: 'Acme' });

    expect(refusal(() => sut.update('Contact', contactOf(person()), { AccountId: other })).errorCode).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
  });

  it('When the person is deleted, Then the Contact goes with it', () => {
    const accountId = person();
    const contactId = contactOf(accountId);

    sut.delete('Account', accountId);

    expect(sut.org.store.find('Contact', contactId)).toBeUndefined();
  });

  it('When an Account is created with a name, Then it is a business', () => {
    expect(sut.find('Account', sut.insert('Account', { Name: 'Acme' }))['IsPersonAccount']).toBe(false);
  });
});
