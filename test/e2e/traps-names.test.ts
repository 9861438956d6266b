import { describe, expect, it } from 'vitest';
import { ApplyScenario } from '../support/apply-scenario.ts';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';

const username = 'integration@acme.example';

function definitionOf(integration: string, object: string, granted: string): string {
  return `integration: ${JSON.stringify(integration)}
user: { username: ${username}, email: integrations@acme.example, lastName: Integration }
grant: { objects: { ${granted} } }
share:
  organizationWideDefaults: manage
  objects: { ${object}: { access: read, flagInitially: "Name LIKE '%1'" } }
`;
}

describe('Given integrations with unusual names', () => {
  const org = new ApplyScenario();

  it.each(["O'Brien & Söhne", '🚀 Rocket', '日本語', '12 "Go"', 'a\\b <c>', '_x_', 'X'.repeat(81)])(
    'When %s is applied twice, Then it is done, and the second time nothing is written',
    async (integration) => {
      await org.given();
      const definition = definitionOf(integration, 'Account', 'Account: [read]');
      const first = await org.apply(definition);
      const second = await org.apply(definition);
      expect({ first: first.exitCode, message: first.message, second: second.exitCode, writes: second.writes }).toEqual(
        {
          first: 0,
          message: '',
          second: 0,
          writes: 0,
        },
      );
    },
  );
});

describe('Given a custom object with details', () => {
  const org = new ApplyScenario();
  const customObject = (label: string, sharingModel: string, fields = ''): string =>
    metadataDocument(
      'CustomObject',
      `<deploymentStatus>Deployed</deploymentStatus>${fields}<label>${label}</label>` +
        '<nameField><label>Name</label><type>Text</type></nameField>' +
        `<pluralLabel>${label}s</pluralLabel><sharingModel>${sharingModel}</sharingModel>`,
    );
  const master =
    '<fields><fullName>Project__c</fullName><label>Project</label><referenceTo>Project__c</referenceTo>' +
    '<relationshipName>Steps</relationshipName><relationshipOrder>0</relationshipOrder><type>MasterDetail</type></fields>';
  const given = async (): Promise<void> => {
    await org.given({ records: 0 });
    await deploy(org.client, {
      'package.xml': manifestOf({ CustomObject: ['Project__c', 'Step__c'] }),
      'objects/Project__c.object': customObject('Project', 'ReadWrite'),
      'objects/Step__c.object': customObject('Step', 'ControlledByParent', master),
    });
  };

  it('When the master is shared by flag, Then reading details needs no consent, and a second run writes nothing', async () => {
    await given();
    const definition = definitionOf('HubSpot', 'Project__c', 'Project__c: [read], Step__c: [read]');
    const first = await org.apply(definition);
    expect({ first: first.exitCode, writes: (await org.apply(definition)).writes }).toEqual({ first: 0, writes: 0 });
  });

  it('When a detail is to have a flag of its own, Then it is refused, because it follows its master', async () => {
    await given();
    const run = await org.apply(definitionOf('HubSpot', 'Step__c', 'Step__c: [read]'));
    expect({ writes: run.writes, findings: run.findings }).toEqual({
      writes: 0,
      findings: expect.arrayContaining(['FollowsParent Step__c']) as unknown,
    });
  });
});
