import { SfError } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { practiceUsername } from '../support/engine.ts';
import { assign, foreignSet, grantPart, hidePart, integrationUserOn, oldProfile, run } from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

const faults = {
  'dropped before the work': { drop: 'before' },
  'dropped after the work': { drop: 'after' },
  'answered with 503': { status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'Server Unavailable' },
} as const;

/** Requests of a whole run; beyond the last one the fault never strikes, which must not matter either. */
const requestsOfOneRun = 18;

const every = Object.entries(faults).flatMap(([title, fault]) =>
  Array.from({ length: requestsOfOneRun }, (_, index) => ({ title, fault, index })),
);
/** Each request once, with the faults in turn; where rows are refused, those around the writes. All in the exhaustive run. */
function casesOf(fieldPermissions: 'rows' | 'refused'): typeof every {
  if (process.env['EXHAUSTIVE'] !== undefined) return every;
  const sample = every.filter(({ index }, at) => Math.floor(at / requestsOfOneRun) === index % 3);
  return sample.filter(({ index }) => fieldPermissions === 'rows' || (index >= 5 && index <= 10));
}

const definition = {
  hide: hidePart({ fields: ['Account.*Phone', 'Account.Fax', 'Account.AnnualRevenue', 'Contact.*'] }),
  grant: grantPart({ objects: { Account: ['edit'], Lead: ['read'] }, readFields: ['Account.*', 'Lead.Email'] }),
};

describe.each(['rows', 'refused'] as const)('Given an org where field permission rows are %s', (fieldPermissions) => {
  let server: PracticeServer;
  let client: PracticeClient;

  beforeEach(async () => {
    server = await startPracticeServer({ records: 0, quirks: { 'field-permissions': fieldPermissions } });
    client = new PracticeClient(() => server);
    const userId = await integrationUserOn(client, oldProfile, practiceUsername);
    const foreign = await foreignSet(client, 'Foreign_Set', {
      objects: { Contact: {} },
      fields: { 'Lead.Title': true },
    });
    await assign(client, userId, foreign);
  });
  afterEach(async () => {
    await server.close();
  });

  it.each(casesOf(fieldPermissions))(
    'When request $index of a run is $title, Then the next run ends as an undisturbed one would',
    async ({ fault, index }) => {
      const connection = await connectTo(server);
      await client.post('/__practice__/faults', [{ ...fault, path: '/services/', afterN: index, times: 1 }]);
      const disturbed = await run(connection, definition).catch((error: unknown) => error);
      await client.send('DELETE', '/__practice__/faults');
      const second = await run(connection, definition);
      const third = await run(connection, definition);
      expect({
        finishesOrNamesError:
          (disturbed instanceof SfError && disturbed.name !== 'Error') ||
          (disturbed instanceof Object && 'exitCode' in disturbed),
        secondExitCode: second.exitCode,
        left: third.result.changes.filter(({ status }) => status !== 'unchanged'),
        profile: await fieldsOf(`Parent.Profile.Name = '${oldProfile}' AND SobjectType = 'Contact'`),
        foreign: await fieldsOf("Parent.Name = 'Foreign_Set'"),
        owned: (await fieldsOf("Parent.Name = 'HubSpot_Integration_Access'")).includes('Account.Fax'),
      }).toEqual({
        finishesOrNamesError: true,
        secondExitCode: 0,
        left: [],
        profile: [],
        foreign: ['Lead.Title'],
        owned: false,
      });
    },
  );

  async function fieldsOf(where: string): Promise<readonly string[]> {
    const rows = await client.query<{ readonly Field: string }>(
      `SELECT Field, SobjectType FROM FieldPermissions WHERE ${where}`,
    );
    return rows.map(({ Field }) => Field);
  }
});
