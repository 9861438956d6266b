import type { Caller, PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import {
  checkbox,
  date,
  datetime,
  decimal,
  field,
  integer,
  longText,
  reference,
  restricted,
  text,
} from '../../../practice-org/schema/notation.ts';
import { object } from '../../../practice-org/schema/object-notation.ts';
import type { JsonRecord } from '../../../practice-org/soql/json-value.ts';
import { runQuery } from '../../../practice-org/soql/query.ts';
import type { QueryOptions } from '../../../practice-org/soql/query-context.ts';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import type { Quirks } from '../../../practice-org/org/settings.ts';
import type { Values } from '../../../practice-org/storage/table.ts';
import { timedOrg } from '../access/practice-settings.ts';

/** A planet system of every field type, for queries whose answers can be counted on one's fingers. */
const star = object('Star__c', 'a01', [text('Name', 80, 'CUFSG', { nameField: true }), decimal('Mass__c', 18, 2)]);
const planet = object('Planet__c', 'a02', [
  text('Name', 80, 'CUFSG', { nameField: true }),
  reference('Star__c', 'Star__c', 'CUFSGN', {
    relationshipName: 'Star__r',
    custom: true,
    metadata: { childRelationshipName: 'Planets' },
  }),
  integer('Moons__c'),
  decimal('Radius__c', 18, 2),
  checkbox('Ringed__c'),
  restricted('Kind__c', 'Rocky;Gas=Gas giant;Ice', 'CUFSGN'),
  field('Gases__c', 'multipicklist', 'CUFN', { length: 255 }),
  date('Discovered__c'),
  datetime('LastSeen__c'),
  longText('Notes__c', 32_000, 'CUN'),
  text('Code__c', 20, 'CUFSGN', { caseSensitive: true }),
]);

export const system: Caller = { userId: '', apiVersion: 66, system: true };

export class Sky {
  public readonly org: PracticeOrg;

  public constructor(quirks: Partial<Quirks> = {}) {
    this.org = timedOrg({ records: 4, quirks }).org;
    for (const definition of [star, planet]) {
      this.org.schema.putObject({ ...definition, custom: true });
      this.org.store.createTable(definition.name);
    }
  }

  public add(name: 'Star__c' | 'Planet__c', values: Values): string {
    const table = this.org.store.table(name);
    return table.idOf(table.insert(values));
  }

  public records(soql: string, options: QueryOptions = {}, caller: Caller = this.asSystem()): readonly JsonRecord[] {
    const result = runQuery(this.org, caller, soql, options);
    return Array.from({ length: result.size }, (_, index) => result.record(index));
  }

  public count(soql: string, options: QueryOptions = {}): number {
    return runQuery(this.org, this.asSystem(), soql, options).totalSize;
  }

  /** One column of the answer. */
  public values(soql: string, key = 'Name'): readonly unknown[] {
    return this.records(soql).map((record) => record[key]);
  }

  public error(soql: string, options: QueryOptions = {}, caller: Caller = this.asSystem()): SalesforceError {
    try {
      this.records(soql, options, caller);
    } catch (error) {
      if (error instanceof SalesforceError) return error;
      throw error;
    }
    throw new Error(`${soql} was accepted`);
  }

  public asSystem(): Caller {
    return { ...system, userId: this.org.adminUserId };
  }

  public get admin(): Caller {
    return { userId: this.org.adminUserId, apiVersion: 66 };
  }
}

/** The sun and four of its planets, and a star with none. */
export function solarSystem(): Sky {
  const sky = new Sky();
  const sun = sky.add('Star__c', { Name: 'Sun', Mass__c: 1 });
  sky.add('Star__c', { Name: 'Vega', Mass__c: 2.1 });
  const planets: readonly Values[] = [
    { Name: 'Mercury', Moons__c: 0, Radius__c: 0.38, Kind__c: 'Rocky', Code__c: 'ME' },
    {
      Name: 'earth',
      Moons__c: 1,
      Radius__c: 1,
      Kind__c: 'Rocky',
      Gases__c: 'N2;O2',
      Code__c: 'ea',
      LastSeen__c: '2026-01-30T12:00:00.000+0000',
    },
    {
      Name: 'Saturn',
      Moons__c: 146,
      Radius__c: 9.45,
      Ringed__c: true,
      Kind__c: 'Gas',
      Gases__c: 'H2;He',
      Discovered__c: '1610-07-25',
      Code__c: 'SA',
    },
    { Name: 'Neptune', Moons__c: 16, Radius__c: 3.88, Ringed__c: true, Kind__c: 'Ice', Discovered__c: '1846-09-23' },
  ];
  for (const values of planets) sky.add('Planet__c', { ...values, Star__c: sun });
  sky.add('Planet__c', { Name: 'Rogue' });
  return sky;
}
