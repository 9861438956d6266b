import type { Connection } from '@salesforce/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyDefinition, definitionFrom } from '../support/apply.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

type Logged = {
  readonly method: string;
  readonly path: string;
  readonly action: string | null;
  readonly changed: number;
};

/** User, grant, hidden fields, three flagged objects and hundreds of flagged records: the whole job. */
const definition = definitionFrom(`integration: HubSpot
user: { username: hubspot@acme.example, email: integrations@acme.example }
grant:
  objects: { Account: [read, edit], Contact: [read], Lead: [read] }
  fields: { read: ["Account.*", "Contact.*", "Lead.*"], edit: [Account.Rating] }
hide:
  fields: ["Account.*Address", "Account.Sic*", "Account.Naics*", "Account.*Duns*", "Contact.*Phone", "Contact.*Address",
    "Contact.*Date", Account.AnnualRevenue, Account.Fax, Account.Ownership, Lead.AnnualRevenue, Lead.Fax]
share:
  organizationWideDefaults: manage
  objects:
    Account: { access: edit, flagInitially: "IsDeleted = false" }
    Contact: { access: read, flagInitially: "IsDeleted = false" }
    Lead: { access: read }
`);

describe('Given an org that knows nothing of the integration', () => {
  const practice = usePracticeServer({ records: 250 });
  let connection: Connection;
  let first: readonly Logged[];
  let second: readonly Logged[];

  const requestsOf = async (run: () => Promise<unknown>): Promise<readonly Logged[]> => {
    await practice.send('DELETE', '/__practice__/requests');
    await run();
    const { body } = await practice.get<readonly Logged[]>('/__practice__/requests');
    return body.filter(({ action }) => action !== 'checkDeployStatus');
  };
  const isDeployment = ({ action }: Logged): boolean => action === 'deploy';
  const isRowBatch = ({ method, path }: Logged): boolean => method === 'PATCH' && path.includes('/composite/sobjects');

  beforeAll(async () => {
    connection = await connectTo(practice.server);
    first = await requestsOf(() => applyDefinition(connection, definition));
    second = await requestsOf(() => applyDefinition(connection, definition));
  });

  it('When the whole job is applied, Then it takes at most 5 deployments', () => {
    expect(first.filter(isDeployment).length).toBeLessThanOrEqual(5);
  });

  it('When the whole job is applied, Then it takes at most 30 other requests', () => {
    const others = first.filter((request) => !isDeployment(request) && !isRowBatch(request));
    expect(others.length, listed(others)).toBeLessThanOrEqual(30);
  });

  it('When it is applied again, Then it takes at most 12 requests', () => {
    expect(second.length, listed(second)).toBeLessThanOrEqual(12);
  });

  it('When it is applied again, Then no request changes anything', () => {
    expect(second.filter(({ changed }) => changed > 0)).toEqual([]);
  });
});

function listed(requests: readonly Logged[]): string {
  return requests
    .map(({ method, path, action }) => `${method} ${action ?? decodeURIComponent(path).slice(0, 160)}`)
    .join('\n');
}
