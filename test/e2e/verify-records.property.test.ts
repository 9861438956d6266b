import type { Connection } from '@salesforce/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { RecordProof } from '../../src/planning/verification.js';
import { visibilityOf } from '../../src/proof/reading.js';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import {
  applyDefinition,
  connectAs,
  filteredDefinition,
  flagField,
  flagRecords,
  idsOf,
  verifyDefinition,
} from '../support/verification.ts';

const records = 30;
const definition = filteredDefinition();
const objects = ['Account', 'Contact'] as const;
type Sobject = (typeof objects)[number];

/** Something that happens in an org and changes who sees what. */
type Event =
  | { readonly kind: 'flag' | 'own' | 'disown' | 'share'; readonly sobject: Sobject; readonly record: number }
  | { readonly kind: 'team'; readonly record: number }
  | { readonly kind: 'role'; readonly role: number };

const record = fc.nat(records - 1);
const events = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('flag', 'own', 'disown', 'share'),
      sobject: fc.constantFrom(...objects),
      record,
    }),
    fc.record({ kind: fc.constant('team'), record }),
    fc.record({ kind: fc.constant('role'), role: fc.nat(3) }),
  ),
  { minLength: 1, maxLength: 6 },
) as fc.Arbitrary<readonly Event[]>;

describe('Given orgs in which anything may have happened', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;
  let userId: string;
  const ids = new Map<Sobject, readonly string[]>();

  beforeAll(async () => {
    server = await startPracticeServer({ records });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await applyDefinition(connection, definition);
    for (const sobject of objects) ids.set(sobject, await idsOf(client, `SELECT Id FROM ${sobject} ORDER BY Id`));
    userId = (await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`))[0] ?? '';
  }, 60_000);
  afterAll(() => server.close());

  async function happen(event: Event): Promise<void> {
    const id = 'record' in event ? (ids.get('sobject' in event ? event.sobject : 'Account')?.[event.record] ?? '') : '';
    switch (event.kind) {
      case 'flag':
        return flagRecords(client, event.sobject, [id]);
      case 'own':
        return patch(event.sobject, id, { OwnerId: userId });
      case 'disown':
        return patch(event.sobject, id, { OwnerId: server.org.adminUserId });
      case 'share':
        return share(event.sobject, id);
      case 'team':
        await client.post('/services/data/v66.0/sobjects/AccountTeamMember', {
          AccountId: id,
          UserId: userId,
          AccountAccessLevel: 'Read',
        });
        return;
      case 'role': {
        const roles = await idsOf(client, 'SELECT Id FROM UserRole ORDER BY Id');
        return patch('User', userId, { UserRoleId: roles[event.role] ?? null });
      }
    }
  }

  async function patch(sobject: string, id: string, body: unknown): Promise<void> {
    const { status, text } = await client.send('PATCH', `/services/data/v66.0/sobjects/${sobject}/${id}`, { body });
    if (status !== 204) throw new Error(text);
  }

  /** A share that is not possible, because there is more access already, is not an event. */
  async function share(sobject: Sobject, id: string): Promise<void> {
    const related = sobject === 'Account' ? { OpportunityAccessLevel: 'None', CaseAccessLevel: 'None' } : {};
    await client.post(`/services/data/v66.0/sobjects/${sobject}Share`, {
      [`${sobject}Id`]: id,
      UserOrGroupId: userId,
      [`${sobject}AccessLevel`]: 'Read',
      ...related,
    });
  }

  async function ownQueries(sobject: Sobject): Promise<ReadonlyMap<string, boolean>> {
    const token = await client.tokenOf(practiceUsername);
    const rows = await client.query(`SELECT Id, ${flagField} FROM ${sobject}`, {
      token,
    });
    return new Map(rows.map((row) => [String(row['Id']), row[flagField] === true]));
  }

  const numbers = ({ visibleFlagged, visibleUnflagged }: RecordProof) => ({ visibleFlagged, visibleUnflagged });
  const explained = ({ explanation }: RecordProof): number =>
    explanation.filter(({ records: side }) => side === 'visibleUnflagged').reduce((sum, { count }) => sum + count, 0);

  it('When the records are proven, Then every number and every row is what the own queries of the user return', async () => {
    await fc.assert(
      fc.asyncProperty(events, async (happened) => {
        for (const event of happened) await happen(event);
        const through = await verifyDefinition(connection, definition);
        const asUser = await verifyDefinition(connection, definition, await connectAs(server, client));
        for (const sobject of objects) {
          const seen = await ownQueries(sobject);
          const { visible } = await visibilityOf(createOrgPort(connection), userId, ids.get(sobject) ?? []);
          expect([...visible].sort()).toEqual([...seen.keys()].sort());
          const flagged = [...seen.values()].filter(Boolean).length;
          for (const { result } of [through, asUser]) {
            const proof = result.proof.find((candidate) => candidate.sobject === sobject);
            if (proof === undefined) throw new Error(`nothing was proven of ${sobject}`);
            expect(numbers(proof)).toEqual({ visibleFlagged: flagged, visibleUnflagged: seen.size - flagged });
            expect(explained(proof)).toBe(seen.size - flagged);
            expect(proof.explanation.map(({ cause }) => cause)).not.toContain('unexplained');
          }
        }
      }),
      { numRuns: process.env['EXHAUSTIVE'] === undefined ? 8 : 60 },
    );
  }, 600_000);
});
