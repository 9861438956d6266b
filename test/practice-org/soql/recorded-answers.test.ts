import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';
import { solarSystem } from './sample-objects.ts';

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(referencePath('wire', 'recorded', 'amp-labs', name) ?? '', 'utf8'));
}

/** Keys and kinds of values, without the values: null says nothing about what else could stand there. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'empty' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]));
}

describeWithReference('answers beside recorded ones', () => {
  const sky = solarSystem();
  const opportunities = sky.org.store.table('Opportunity');
  for (let row = 0; row < opportunities.rowCount; row++) opportunities.update(row, { Amount: 50_000 });

  it('Given an object that does not exist, When it is queried, Then the error is the recorded one', () => {
    const { errorCode, message } = sky.error('SELECT Id,Name,BillingCity,IsDeleted FROM Accout');
    expect([{ message, errorCode }]).toEqual(recorded('test__unknown-object.json'));
  });

  it('Given an opportunity with contact roles, When both are queried, Then the answer has the recorded shape', () => {
    const [theirs] = (recorded('test__read-opportunity-with-contacts.json') as { readonly records: readonly unknown[] })
      .records;
    sky.org.store.table('OpportunityContactRole').insert({
      OpportunityId: opportunities.idOf(0),
      ContactId: sky.org.store.table('Contact').idOf(0),
      Role: 'Decision Maker',
    });
    const [mine] = sky.records(
      'SELECT Id, Name, Amount, StageName, (SELECT Id, ContactId, Role FROM OpportunityContactRoles) FROM Opportunity ORDER BY Id LIMIT 1',
    );
    expect(shapeOf(mine)).toEqual(shapeOf(theirs));
  });

  it('Given an opportunity with its account, When it is queried, Then the answer has the recorded shape', () => {
    const [theirs] = (recorded('test__read-opportunity-with-account.json') as { readonly records: readonly unknown[] })
      .records;
    const [mine] = sky.records(
      'SELECT Id, Name, AccountId, Amount, StageName FROM Opportunity WHERE AccountId != null LIMIT 1',
    );
    expect(shapeOf(mine)).toEqual(shapeOf(theirs));
  });
});
