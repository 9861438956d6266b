import { describe, expect, it } from 'vitest';
import { ApplyScenario } from '../support/apply-scenario.ts';

const definition = `integration: HubSpot
user: { username: hubspot@acme.example, email: integrations@acme.example }
grant:
  objects: { Account: [read, edit], Lead: [read] }
  fields: { read: [Account.Industry], edit: [Account.Rating] }
hide: { fields: [Account.AnnualRevenue] }
share:
  organizationWideDefaults: manage
  objects:
    Account: { access: edit, flagInitially: "Industry = 'Technology'" }
    Lead: { access: read }
`;

const faults = {
  'dropped before the work': { drop: 'before' },
  'dropped after the work': { drop: 'after' },
  'answered with 503': { status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'Server Unavailable' },
  'refused with an expired session': { status: 401, errorCode: 'INVALID_SESSION_ID', message: 'Session expired' },
  'answered with garbage': { status: 200, message: 'garbage' },
} as const;

/** Requests of one run, polls included; more than it takes now, so that a longer run is covered too. */
const requestsOfOneRun = 40;
const step = process.env['EXHAUSTIVE'] === undefined ? 13 : 1;
const cases = Object.entries(faults).flatMap(([title, fault], index) =>
  Array.from({ length: Math.ceil(requestsOfOneRun / step) }, (_, point) => ({
    title,
    fault,
    request: point * step + index,
  })),
);

describe('Given an org to which a whole definition is applied', () => {
  const org = new ApplyScenario();

  it.each(cases)(
    'When request $request is $title, Then the run ends by itself and the next one finishes',
    async (given) => {
      await org.given({ records: 20 });
      await org.client.post('/__practice__/faults', [
        { ...given.fault, path: '/services/', afterN: given.request, times: 1 },
      ]);
      const first = await org.apply(definition, { waitMs: 10_000 });
      await org.client.send('DELETE', '/__practice__/faults');
      const second = await org.apply(definition, { waitMs: 10_000 });
      const third = await org.apply(definition);
      expect({
        isNamed: first.error === null || /^[A-Z]\w+Error$/.test(first.error),
        second: second.exitCode,
        third: [third.exitCode, third.writes],
      }).toEqual({ isNamed: true, second: 0, third: [0, 0] });
    },
  );
});
