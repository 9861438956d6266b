import fc from 'fast-check';
import { SfError } from '@salesforce/core/sfError';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { createUser, practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

const permissionSet = 'Existing_Set';

const faults = {
  'dropped before the work': { drop: 'before' },
  'dropped after the work': { drop: 'after' },
  'answered with 500': { status: 500, errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred.' },
  'answered with 503': { status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'Server Unavailable' },
  'answered with 429': { status: 429, errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'Too many requests' },
  'refused with an expired session': { status: 401, errorCode: 'INVALID_SESSION_ID', message: 'Session expired' },
  'answered with garbage': { status: 200, message: 'garbage' },
} as const;

/** The first look, the composite, and looking again. */
const requestsOfOneRun = 3;

describe.each(['accept', 'refuse'] as const)(
  'Given an org whose composite requests %s setup rows of several types',
  (compositeSetup) => {
    let server: PracticeServer;
    let client: PracticeClient;

    beforeEach(async () => {
      server = await startPracticeServer({ records: 0, quirks: { 'composite-setup': compositeSetup } });
      client = new PracticeClient(() => server);
      await client.post('/services/data/v66.0/sobjects/PermissionSet', { Name: permissionSet, Label: 'Existing' });
    });
    afterEach(async () => {
      await server.close();
    });

    const requests = compositeSetup === 'accept' ? requestsOfOneRun : requestsOfOneRun + 2;
    const cases = Object.entries(faults).flatMap(([title, fault]) =>
      Array.from({ length: requests }, (_, index) => ({ title, fault, index })),
    );

    it.each(cases)(
      'When request $index of a run is $title, Then the next run ends with exactly one user',
      async (given) => {
        const connection = await connectTo(server);
        await client.post('/__practice__/faults', [
          { ...given.fault, path: '/services/', afterN: given.index, times: 1 },
        ]);
        const started = performance.now();
        const outcome = await createUser(connection, { permissionSets: [permissionSet] }).catch(
          (error: unknown) => error,
        );
        const took = performance.now() - started;
        await client.send('DELETE', '/__practice__/faults');
        const second = await createUser(connection, { permissionSets: [permissionSet] });

        const failedByName = outcome instanceof SfError && outcome.name !== 'Error';
        expect({
          endsInTime: took < 30_000,
          finishesOrNamesError: failedByName || (outcome instanceof Object && 'exitCode' in outcome),
          secondExitCode: second.exitCode,
          ...(await holdings(client)),
        }).toEqual({
          endsInTime: true,
          finishesOrNamesError: true,
          secondExitCode: 0,
          users: 1,
          licenseAssignments: 1,
          permissionSetAssignments: 1,
        });
      },
    );
  },
);

describe('Given an org that fails again and again, at random', () => {
  let server: PracticeServer;
  let client: PracticeClient;

  beforeEach(async () => {
    server = await startPracticeServer({ records: 0 });
    client = new PracticeClient(() => server);
  });
  afterEach(async () => {
    await server.close();
  });

  const fault = fc.record({
    kind: fc.constantFrom(...Object.values(faults)),
    afterN: fc.nat({ max: 4 }),
    times: fc.integer({ min: 1, max: 3 }),
  });

  it('When runs follow until the faults are over, Then there is exactly one user', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), async (armed) => {
        await client.post('/__practice__/reset', {});
        await client.post('/services/data/v66.0/sobjects/PermissionSet', { Name: permissionSet, Label: 'Existing' });
        const connection = await connectTo(server);
        const specifications = armed.map(({ kind, ...when }) => ({ ...kind, ...when, path: '/services/' }));
        await client.post('/__practice__/faults', specifications);
        await createUser(connection, { permissionSets: [permissionSet] }).catch(() => undefined);
        await createUser(connection, { permissionSets: [permissionSet] }).catch(() => undefined);
        await client.send('DELETE', '/__practice__/faults');
        const last = await createUser(connection, { permissionSets: [permissionSet] });
        expect({ exitCode: last.exitCode, ...(await holdings(client)) }).toEqual({
          exitCode: 0,
          users: 1,
          licenseAssignments: 1,
          permissionSetAssignments: 1,
        });
      }),
      { numRuns: process.env['EXHAUSTIVE'] === undefined ? 5 : 100 },
    );
  }, 600_000);
});

async function holdings(client: PracticeClient): Promise<Readonly<Record<string, number>>> {
  const count = async (soql: string): Promise<number> => (await client.query(soql)).length;
  return {
    users: await count(`SELECT Id FROM User WHERE Username LIKE '${practiceUsername}%'`),
    licenseAssignments: await count(
      `SELECT Id FROM PermissionSetLicenseAssign WHERE Assignee.Username = '${practiceUsername}'`,
    ),
    permissionSetAssignments: await count(
      `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${practiceUsername}' AND PermissionSet.IsOwnedByProfile = false`,
    ),
  };
}
