import { beforeAll, describe, expect, it } from 'vitest';
import type { OrgPort } from '../../../src/org/port.js';
import { createOrgPort } from '../../../src/org/adapter/connection-port.js';
import { useGateway } from '../../support/gateway.ts';
import { connectTo } from '../../support/login.ts';
import { usePracticeServer } from '../../support/practice-server.ts';

const options = { waitMs: 10_000, signal: new AbortController().signal };

describe('Given a package with one group', () => {
  const practice = usePracticeServer({ records: 0 });
  const component = {
    type: 'Group',
    fullName: 'HubSpot_Integration',
    body: { doesIncludeBosses: false, name: 'HubSpot Integration' },
  };
  let port: OrgPort;

  beforeAll(async () => {
    port = createOrgPort(await connectTo(practice.server));
  });

  it('When it is deployed check-only, Then the org stays as it is', async () => {
    const report = await port.deploy({ components: [component], destroy: [], checkOnly: true }, options);
    const groups = await practice.query("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot_Integration'");
    expect({ status: report.status, groups }).toEqual({ status: 'succeeded', groups: [] });
  });

  it('When it is deployed, Then the report names what was created', async () => {
    const report = await port.deploy({ components: [component], destroy: [], checkOnly: false }, options);
    expect(report).toMatchObject({
      status: 'succeeded',
      changed: [{ type: 'Group', fullName: 'HubSpot_Integration', created: true }],
      failures: [],
    });
  });

  it('When the component is refused, Then the report names component and problem', async () => {
    const broken = { type: 'CustomField', fullName: 'Account.Flag__c', body: { label: 'Flag', type: 'Nonsense' } };
    const report = await port.deploy({ components: [broken], destroy: [], checkOnly: false }, options);
    expect(report).toMatchObject({ status: 'failed', failures: [{ fullName: expect.any(String) as string }] });
  });

  it('When it is deployed, Then every request is counted, SOAP and polls included', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const before = port.requestCounts().apiRequests;
    await port.deploy({ components: [component], destroy: [], checkOnly: true }, options);
    const after = port.requestCounts().apiRequests;
    const { body } = await practice.get<readonly unknown[]>('/__practice__/requests');
    expect(after - before).toBe(body.length);
  });

  it('When the declared state is read, Then absent components answer null', async () => {
    const [present, absent] = await port.readMetadata('Group', ['HubSpot_Integration', 'Nothing_There']);
    expect([present, absent]).toMatchObject([
      { ok: true, value: { fullName: 'HubSpot_Integration' } },
      { ok: true, value: null },
    ]);
  });

  it.each([
    ['garbage', { status: 200, message: 'garbage' }],
    ['503', { status: 503 }],
    ['nothing at all', { drop: 'before' }],
  ])('When a SOAP read is answered with %s once, Then it is repeated', async (_, fault) => {
    await practice.post('/__practice__/faults', [{ ...fault, path: '/Soap/', times: 1 }]);
    const [answer] = await port.readMetadata('Group', ['HubSpot_Integration']);
    expect(answer).toMatchObject({ ok: true, value: { fullName: 'HubSpot_Integration' } });
  });

  it.each([
    ['garbage', { status: 200, message: 'garbage' }],
    ['503', { status: 503 }],
    ['nothing at all', { drop: 'after' }],
  ])('When the start of a deployment is answered with %s, Then its effect is unknown', async (_, fault) => {
    await practice.post('/__practice__/faults', [{ ...fault, path: '/Soap/', times: 1 }]);
    const deployment = { components: [component], destroy: [], checkOnly: false };
    await expect(port.deploy(deployment, options)).rejects.toMatchObject({ certainty: 'unknown' });
  });

  it('When a SOAP session has expired, Then the error says so', async () => {
    const status = { status: 401, errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' };
    await practice.post('/__practice__/faults', [{ ...status, path: '/Soap/', times: 1 }]);
    await expect(port.readMetadata('Group', ['HubSpot_Integration'])).rejects.toMatchObject({
      name: 'SessionExpiredError',
    });
  });

  it('When components of a type are listed, Then their full names come back', async () => {
    const [answer] = await port.listMetadata(['Group']);
    expect(answer).toMatchObject({ ok: true, value: expect.arrayContaining(['HubSpot_Integration']) as string[] });
  });
});

describe('Given an org that spells names in its own letters', () => {
  const practice = usePracticeServer({ records: 0 });
  const gateway = useGateway();
  const groups = (...names: readonly string[]): string =>
    names.map((name) => `<records><fullName>${name}</fullName><name>HubSpot</name></records>`).join('');
  const read = async (asked: string, records: string): Promise<unknown> => {
    const target = await gateway(practice.server, (request, answer) =>
      request.body.includes('readMetadata')
        ? { ...answer, body: answer.body.replace(/<records[^]*<\/records>|<records[^>]*\/>/, records) }
        : answer,
    );
    const [answer] = await createOrgPort(await connectTo(target)).readMetadata('Group', [asked]);
    return answer;
  };

  it('When a name comes back in other letters than it was asked for, Then it is the component', async () => {
    const answer = await read('HubSpot_Integration', groups('Hubspot_integration'));
    expect(answer).toMatchObject({ ok: true, value: { fullName: 'Hubspot_integration' } });
  });

  it('When names differ by their letters alone, Then the one that was asked for is the component', async () => {
    const answer = await read('HubSpot_Integration', groups('Hubspot_integration', 'HubSpot_Integration'));
    expect(answer).toMatchObject({ ok: true, value: { fullName: 'HubSpot_Integration' } });
  });
});
