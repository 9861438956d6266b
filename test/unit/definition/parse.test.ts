import { describe, expect, it } from 'vitest';
import { parseDefinition, type ParsedDefinition } from '../../../src/definition/parse.js';
import type { Environment } from '../../../src/definition/environment.js';

const sut = (text: string, environment: Environment = {}): ParsedDefinition =>
  parseDefinition(new TextEncoder().encode(text), { environment });

const minimal = 'integration: HubSpot\nuser:\n  username: hubspot@acme.example\n';
const whole = `integration: HubSpot
user:
  username: hubspot.integration@acme.example
  email: integrations@acme.example
  lastName: HubSpot Sync
  role: Integration_User
  profile: Minimum Access - API Only Integrations
  fields: { Department: Marketing, Cost__c: 5, Active__c: true, Note__c: null }
  reactivate: true
grant:
  recipe: hubspot
  objects: { Account: [read, edit], Contact: [read] }
  fields: { read: ["Account.*", Contact.Email], edit: [Account.Rating] }
  systemPermissions: [ViewSetup]
  permissionSets: [Existing_Set]
  allowUnfiltered: false
hide:
  fields: [Account.AnnualRevenue, "Contact.*Phone"]
  securityClassification: [Restricted]
  complianceGroup: [PII]
  allExcept: { Lead: [Lead.Company, Lead.Status] }
share:
  flag: Sync me
  flagEditors: [ops@acme.example]
  organizationWideDefaults: manage
  unfiltered: [Product2]
  objects:
    Account: { access: edit, flagInitially: "Industry = 'Technology'", related: { Contact: read } }
    ns__Invoice__c: { access: read }
`;

describe('a definition', () => {
  it('Given every key, When parsed, Then each arrives in the request', () => {
    const parsed = sut(whole);

    expect(parsed.ok && parsed.definition).toEqual({
      integration: 'HubSpot',
      username: 'hubspot.integration@acme.example',
      user: {
        email: 'integrations@acme.example',
        firstName: null,
        lastName: 'HubSpot Sync',
        role: 'Integration_User',
        profile: 'Minimum Access - API Only Integrations',
        permissionSets: [],
        fields: { Department: 'Marketing', Cost__c: 5, Active__c: true, Note__c: null },
        reactivate: true,
        sendPasswordReset: false,
      },
      grant: {
        recipe: 'hubspot',
        objects: { Account: ['read', 'edit'], Contact: ['read'] },
        readFields: ['Account.*', 'Contact.Email'],
        editFields: ['Account.Rating'],
        systemPermissions: ['ViewSetup'],
        permissionSets: ['Existing_Set'],
        allowUnfiltered: false,
      },
      hide: {
        fields: ['Account.AnnualRevenue', 'Contact.*Phone'],
        securityClassification: ['Restricted'],
        complianceGroup: ['PII'],
        allExcept: { Lead: ['Lead.Company', 'Lead.Status'] },
      },
      share: {
        flagLabel: 'Sync me',
        flagEditors: ['ops@acme.example'],
        manageOrganizationWideDefaults: true,
        unfiltered: ['Product2'],
        addToLayouts: [],
        objects: [
          { object: 'Account', access: 'edit', flagInitially: "Industry = 'Technology'", related: { Contact: 'read' } },
          { object: 'ns__Invoice__c', access: 'read', flagInitially: null, related: {} },
        ],
      },
    });
  });

  it('Given only what is required, When parsed, Then parts that are not there are not touched', () => {
    const parsed = sut(minimal);

    expect(parsed.ok && parsed.definition).toMatchObject({
      grant: null,
      hide: null,
      share: null,
      user: { email: null },
    });
  });

  it('Given the same definition as JSON with tabs, When parsed, Then it is the same request', () => {
    const json = JSON.stringify(
      { $schema: 'x', integration: 'HubSpot', user: { username: 'hubspot@acme.example' } },
      null,
      '\t',
    );

    expect(sut(json)).toEqual(sut(minimal));
  });

  it.each([
    ['a byte order mark', `\uFEFF${minimal}`],
    ['line ends of Windows', minimal.replaceAll('\n', '\r\n')],
    ['comments', `# a comment\n${minimal}`],
    ['a document start', `---\n${minimal}`],
  ])('Given %s, When parsed, Then it does not matter', (_, text) => {
    expect(sut(text)).toEqual(sut(minimal));
  });

  it('Given no flag label, When parsed, Then it follows from the integration', () => {
    const parsed = sut(`${minimal}share: { objects: { Lead: { access: read } } }\n`);

    expect(parsed.ok && parsed.definition.share?.flagLabel).toBe('Send to HubSpot');
  });
});

describe('environment references', () => {
  const text = minimal.replace('hubspot@acme.example', 'hubspot@acme.example${env:SANDBOX_SUFFIX}');

  it('Given a variable that is set, When parsed, Then its value stands there', () => {
    const parsed = sut(text, { SANDBOX_SUFFIX: '.uat' });

    expect(parsed.ok && parsed.definition.username).toBe('hubspot@acme.example.uat');
  });

  it('Given a variable that is set, When parsed, Then the reference is kept for showing', () => {
    const parsed = sut(text, { SANDBOX_SUFFIX: '.uat' });

    expect(parsed.ok && parsed.resolved).toEqual([
      {
        path: 'user.username',
        value: 'hubspot@acme.example.uat',
        reference: 'hubspot@acme.example${env:SANDBOX_SUFFIX}',
      },
    ]);
  });

  it('Given a variable that is not set, When parsed, Then it is a problem at its place, and the only one', () => {
    const parsed = sut(text);

    expect(!parsed.ok && parsed.problems).toMatchObject([{ line: 3, column: 13, path: 'user.username' }]);
  });
});
