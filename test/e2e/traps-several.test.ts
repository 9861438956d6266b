import { beforeAll, describe, expect, it } from 'vitest';
import { ApplyScenario, type AppliedRun } from '../support/apply-scenario.ts';

/** Two integrations that want other records of the same objects. */
function definitionOf(
  integration: string,
  condition: string,
  consent = '  organizationWideDefaults: manage\n',
): string {
  return `integration: ${integration}
user: { username: ${usernameOf(integration)}, email: integrations@acme.example }
grant:
  objects: { Account: [read], Lead: [read] }
  fields: { read: [Account.Industry] }
share:
${consent}  objects:
    Account: { access: read, flagInitially: "${condition}" }
    Lead: { access: read }
`;
}

function usernameOf(integration: string): string {
  return `${integration.toLowerCase()}@acme.example`;
}

const hubspot = definitionOf('HubSpot', "Industry = 'Technology'");
const marketo = definitionOf('Marketo', "Name LIKE '%2'");

describe('Given two integrations on the same objects', () => {
  const org = new ApplyScenario();
  let together: AppliedRun;
  const flaggedFor = (integration: string): Promise<readonly string[]> =>
    org.ids(`SELECT Id FROM Account WHERE Send_to_${integration}__c = true`);
  const seenBy = async (integration: string): Promise<readonly string[]> =>
    (await org.seen(usernameOf(integration), 'Account')).ids;

  beforeAll(async () => {
    await org.given({ records: 60 });
    together = await org.apply([hubspot, marketo]);
  });

  it('When both are applied in one run, Then it is done', () => {
    expect(together).toMatchObject({ exitCode: 0 });
  });

  it.each(['HubSpot', 'Marketo'])('When %s looks, Then it sees the records of its own flag', async (integration) => {
    const flagged = await flaggedFor(integration);
    expect({ any: flagged.length > 0, seen: await seenBy(integration) }).toEqual({ any: true, seen: flagged });
  });

  it.each(['HubSpot', 'Marketo'])('When %s looks, Then it sees no flag but its own', async (integration) => {
    const { fields } = await org.seen(usernameOf(integration), 'Account');
    expect(fields.filter((field) => field.startsWith('Send_to_'))).toEqual([`Send_to_${integration}__c`]);
  });

  it.each([
    ['the first', hubspot],
    ['the second', marketo],
  ])('When %s is applied again on its own, Then nothing is written', async (_, definition) => {
    expect(await org.apply(definition)).toMatchObject({ exitCode: 0, writes: 0 });
  });

  it('When one is pruned down to its user, Then the other is as it was', async () => {
    const before = await org.seen(usernameOf('HubSpot'), 'Account');
    const bare = `integration: Marketo\nuser: { username: ${usernameOf('Marketo')}, email: integrations@acme.example }\n`;
    await org.apply(bare, { prune: true, allowedImpacts: new Set(['deletion']) });
    const { writes } = await org.apply(hubspot);
    expect({ writes, seen: await org.seen(usernameOf('HubSpot'), 'Account') }).toEqual({ writes: 0, seen: before });
  });
});

describe('Given several definitions, of which the last affects other people', () => {
  const org = new ApplyScenario();
  const harmless = `integration: Gong
user: { username: gong@acme.example, email: integrations@acme.example }
`;
  const affecting = definitionOf('HubSpot', "Industry = 'Technology'", '');

  it('When nobody agrees to that, Then nothing is written for any of them', async () => {
    await org.given();
    expect(await org.apply([harmless, affecting])).toMatchObject({ error: 'ConfirmationRequiredError', writes: 0 });
  });

  it('When a person is asked, Then it is once, before the first change, and all are applied', async () => {
    await org.given();
    const asked: number[] = [];
    let stages = 0;
    const { exitCode } = await org.apply([harmless, affecting], {
      progress: ({ kind }) => (stages += kind === 'stageStarted' ? 1 : 0),
      confirm: () => Promise.resolve(asked.push(stages) > 0),
    });
    expect({ asked, exitCode }).toEqual({ asked: [0], exitCode: 0 });
  });
});
