import { beforeEach, describe, expect, it } from 'vitest';
import { ApplyScenario } from '../support/apply-scenario.ts';
import { deploy, manifestOf } from '../support/deployment.ts';

const definition = `integration: HubSpot
user: { username: hubspot@acme.example, email: integrations@acme.example }
grant: { objects: { Account: [read] } }
share:
  organizationWideDefaults: manage
  objects: { Account: { access: read, flagInitially: "Industry = 'Technology'" } }
`;

describe('Given a flag that a person took back, and a run that was stopped while the rule was being made again', () => {
  const org = new ApplyScenario();
  let takenBack: string;
  beforeEach(async () => {
    await org.given();
    await org.apply(definition);
    [takenBack = ''] = await org.ids('SELECT Id FROM Account WHERE Send_to_HubSpot__c = true');
    await org.client.send('PATCH', `/services/data/v66.0/sobjects/Account/${takenBack}`, {
      body: { Send_to_HubSpot__c: false },
    });
    await deploy(org.client, {
      'package.xml': manifestOf({}),
      'destructiveChanges.xml': manifestOf({ SharingCriteriaRule: ['Account.Send_to_HubSpot'] }),
    });
  });

  it('When it is applied again, Then the record stays unflagged and unseen', async () => {
    await org.apply(definition);
    expect((await org.seen('hubspot@acme.example', 'Account')).ids).not.toContain(takenBack);
  });

  it('When it is applied again, Then the other flagged records are seen', async () => {
    await org.apply(definition);
    expect((await org.seen('hubspot@acme.example', 'Account')).ids).toEqual(
      await org.ids('SELECT Id FROM Account WHERE Send_to_HubSpot__c = true'),
    );
  });
});
