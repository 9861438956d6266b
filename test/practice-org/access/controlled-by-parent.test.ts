import { describe, expect, it } from 'vitest';
import type { FieldDefinition, ObjectDefinition } from '../../../practice-org/schema/definitions.ts';
import { Scenario } from './scenario.ts';

function masterDetail(
  base: FieldDefinition,
  name: string,
  parent: string,
  metadata: FieldDefinition['metadata'] = null,
): FieldDefinition {
  return { ...base, name, referenceTo: [parent], masterDetail: true, custom: true, permissionable: false, metadata };
}

/** A custom object "Visit__c" of owned records, and "Note__c", a detail of it. */
function withDetail(metadata: FieldDefinition['metadata'] = null): Scenario {
  const scenario = new Scenario();
  const { schema, store } = scenario.org;
  const lead = schema.object('Lead');
  const reference = schema.field('Contact', 'AccountId');
  if (!lead || !reference) throw new Error('No object to copy');
  const visit: ObjectDefinition = { ...lead, name: 'Visit__c', keyPrefix: 'a01', custom: true };
  const fields = new Map([...lead.fields].filter(([name]) => name !== 'ownerid'));
  const note: ObjectDefinition = { ...visit, name: 'Note__c', keyPrefix: 'a02', ownerSharing: false, fields };
  for (const definition of [visit, note]) {
    schema.putObject(definition);
    store.createTable(definition.name);
  }
  schema.putField('Note__c', masterDetail(reference, 'Visit__c', 'Visit__c', metadata));
  scenario.defaults({ Visit__c: 'Private' });
  return scenario;
}

const readers = { objects: { Visit__c: 'read', Note__c: 'delete' } } as const;

describe('Given details of a private custom object', () => {
  it('when the master is owned, then everything may be done to its details', () => {
    const scenario = withDetail();
    const user = scenario.user(readers);
    const note = scenario.insert('Note__c', { Visit__c: scenario.insert('Visit__c', { OwnerId: user }) });
    expect(scenario.access(user, 'Note__c', note)).toMatchObject({ hasEditAccess: true, hasDeleteAccess: true });
  });

  it('when the master belongs to somebody else, then its details are hidden', () => {
    const scenario = withDetail();
    const visit = scenario.insert('Visit__c', { OwnerId: scenario.user(readers) });
    const note = scenario.insert('Note__c', { Visit__c: visit });
    expect(scenario.sees(scenario.user(readers), 'Note__c', note)).toBe(false);
  });

  it.each([
    [null, false],
    [{ writeRequiresMasterRead: true }, true],
  ])('when the master can only be read and the field says %o, then editing details is %s', (metadata, expected) => {
    const scenario = withDetail(metadata);
    const user = scenario.user(readers);
    scenario.group('Readers', [user]);
    const visit = scenario.insert('Visit__c', { OwnerId: scenario.user(readers), LeadSource: 'Web' });
    const note = scenario.insert('Note__c', { Visit__c: visit });
    const criteriaItems = [{ field: 'LeadSource', operation: 'equals', value: 'Web' }];
    scenario.rule('Visit__c', { kind: 'group', name: 'Readers' }, { criteriaItems });
    expect(scenario.access(user, 'Note__c', note).hasEditAccess).toBe(expected);
  });

  it('when the detail has two masters, then both must be visible', () => {
    const scenario = withDetail();
    const reference = scenario.org.schema.field('Contact', 'AccountId');
    if (!reference) throw new Error('No field to copy');
    scenario.org.schema.putField('Note__c', masterDetail(reference, 'Account__c', 'Account'));
    scenario.privateAccounts();
    const user = scenario.user({ objects: { ...readers.objects, Account: 'read' } });
    const [own, foreign] = [user, scenario.user(readers)].map((OwnerId) => scenario.insert('Account', { OwnerId }));
    const visit = scenario.insert('Visit__c', { OwnerId: user });
    const notes = [own, foreign].map((account) =>
      scenario.insert('Note__c', { Visit__c: visit, Account__c: account ?? null }),
    );
    expect(notes.map((note) => scenario.sees(user, 'Note__c', note))).toEqual([true, false]);
  });

  it('when details are to be anything but Controlled by Parent, then it is refused', () => {
    const scenario = withDetail();
    expect(() => scenario.defaults({ Note__c: 'Private' })).toThrow('Private is not a valid sharing model for Note__c');
  });
});

describe('Given lines of opportunities', () => {
  it('when the opportunity is hidden, then so are its lines', () => {
    const scenario = new Scenario();
    scenario.privateAccounts();
    const readOpportunities = { objects: { Opportunity: 'read' } } as const;
    const [owner, other] = [scenario.user(readOpportunities), scenario.user(readOpportunities)];
    const opportunity = scenario.insert('Opportunity', { Name: 'One', OwnerId: owner });
    const line = scenario.insert('OpportunityLineItem', { OpportunityId: opportunity });
    expect([owner, other].map((user) => scenario.sees(user, 'OpportunityLineItem', line))).toEqual([true, false]);
  });
});
