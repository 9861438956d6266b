import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { applyDefinition, definitionFrom } from '../support/apply.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

const user = `integration: HubSpot
user: { username: hubspot@acme.example, email: integrations@acme.example }
`;
const granted = definitionFrom(`${user}grant:
  objects: { Account: [read] }
  fields: { read: ["Account.*"] }
  allowUnfiltered: true
`);
const hiddenAndShared = definitionFrom(`${user}hide: { fields: [Account.AnnualRevenue] }
share:
  organizationWideDefaults: manage
  objects: { Account: { access: read } }
`);

describe('Given a permission set of an earlier run, When a definition without grant hides one of its fields and shares by flag', () => {
  const practice = usePracticeServer({ records: 20 });
  let outcome: EngineOutcome;
  beforeAll(async () => {
    const connection = await connectTo(practice.server);
    await applyDefinition(connection, granted);
    outcome = await applyDefinition(connection, hiddenAndShared);
  });

  it('Then nothing fails', () => {
    expect(outcome.exitCode).toBe(0);
  });

  it('Then the permission set keeps its other fields, gains the flag and loses the hidden field', async () => {
    const rows = await practice.query(
      "SELECT Field FROM FieldPermissions WHERE Parent.Name = 'HubSpot_Integration_Access' AND Field IN ('Account.AnnualRevenue', 'Account.Rating', 'Account.Send_to_HubSpot__c') ORDER BY Field",
    );
    expect(rows.map(({ Field }) => Field)).toEqual(['Account.Rating', 'Account.Send_to_HubSpot__c']);
  });
});
