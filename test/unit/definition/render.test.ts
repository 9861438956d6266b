import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Definition, ObjectOperation, SharedObject } from '../../../src/definition/definition.js';
import { parseDefinition } from '../../../src/definition/parse.js';
import { renderDefinition } from '../../../src/definition/render.js';
import { startingDefinition } from '../../../src/definition/starting-point.js';

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((value) => value.trim() === value && !/[\p{Cc}\p{Cs}]|\$\{env/u.test(value));
const objects = ['Account', 'Contact', 'Lead', 'ns__Invoice__c'] as const;
const object = fc.constantFrom(...objects);
const names = fc.uniqueArray(fc.constantFrom('ViewSetup', 'RunReports', 'Set_A', 'Set_B'), { maxLength: 3 });
const fields = (kind: string) =>
  fc.uniqueArray(
    object.map((name) => `${name}.${kind}__c`),
    { maxLength: 3 },
  );
const usernames = fc.uniqueArray(fc.constantFrom('ops@acme.example', 'no@acme.example', '1e3@acme.example'), {
  maxLength: 2,
});

const user = fc.record({
  email: fc.constantFrom(null, 'it@acme.example'),
  firstName: fc.option(text),
  lastName: text,
  role: fc.constantFrom(null, 'Integration_User', 'no'),
  profile: fc.option(text),
  permissionSets: names,
  fields: fc.dictionary(
    fc.constantFrom('Department', 'Title', 'On__c'),
    fc.oneof(
      fc.string().filter((value) => !value.includes('${env')),
      fc.boolean(),
      fc.integer(),
      fc.constant(null),
    ),
  ),
  reactivate: fc.boolean(),
  sendPasswordReset: fc.boolean(),
});
const grant = fc.record({
  recipe: fc.constantFrom(null, 'hubspot'),
  objects: fc.dictionary(object, fc.uniqueArray(fc.constantFrom<ObjectOperation>('read', 'edit', 'create', 'delete'))),
  readFields: fields('Read'),
  editFields: fields('Edit'),
  systemPermissions: names,
  permissionSets: names,
  allowUnfiltered: fc.boolean(),
});
const hide = fc.record({
  fields: fields('Hidden'),
  securityClassification: names,
  complianceGroup: names,
  allExcept: fc.dictionary(object, fc.constant([])),
});
const sharedObject = (name: string): fc.Arbitrary<SharedObject> =>
  fc.record({
    object: fc.constant(name),
    access: fc.constantFrom('read' as const, 'edit' as const),
    flagInitially: fc.constantFrom(null, "Industry = 'Technology'", 'Name LIKE "%: #"'),
    related:
      name === 'Account' ? fc.record({ Case: fc.constant('read' as const) }, { requiredKeys: [] }) : fc.constant({}),
  });
const share = fc.record({
  flagLabel: text,
  flagEditors: usernames,
  manageOrganizationWideDefaults: fc.boolean(),
  unfiltered: fc.constantFrom([], ['Product2']),
  objects: fc
    .uniqueArray(object, { minLength: 1 })
    .chain((chosen) => fc.tuple(...chosen.map(sharedObject)).map((list): readonly SharedObject[] => list)),
  addToLayouts: fc.constantFrom([], ['Account-Account Layout']),
});
const definitions: fc.Arbitrary<Definition> = fc.record({
  integration: text,
  username: fc.constant('hubspot@acme.example'),
  user,
  grant: fc.option(grant),
  hide: fc.option(hide),
  share: fc.option(share),
});

const parse = (yaml: string) => parseDefinition(new TextEncoder().encode(yaml), { environment: {} });

describe('a definition as YAML', () => {
  it('Given any definition, When rendered and parsed, Then it is the same', () => {
    fc.assert(
      fc.property(definitions, (definition) => {
        const parsed = parse(renderDefinition(definition));
        expect(parsed.ok ? parsed.definition : parsed.problems).toEqual(definition);
      }),
      { numRuns: 300 },
    );
  });

  it('Given a new integration, When rendered, Then a person can start from it', () => {
    const yaml = renderDefinition(
      startingDefinition({ integration: 'HubSpot', username: 'h@acme.example', email: null, recipe: null }),
    );

    expect(yaml).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=https://unpkg.com/sf-plugin-integration-user/schemas/definition.schema.json
      # What this integration user may do, which fields are hidden from it, and which records it sees.
      # Look at the plan: sf integration-user apply --definition-file <this file> --dry-run
      # Apply it: sf integration-user apply --definition-file <this file>
      # Write \${env:NAME} in any value to take it from an environment variable.
      integration: HubSpot

      # 1 The user. It gets the licenses for integrations; a user that exists is adopted.
      user:
        username: h@acme.example
        email: \${env:INTEGRATION_EMAIL}

      # 3 What the user may do. Fields can be patterns such as Account.*; what is hidden below is left out.
      # grant:
      #   objects:
      #     Account: [read, edit]
      #     Contact: [read]
      #   fields:
      #     read: [Account.*, Contact.Email]
      #     edit: [Account.Rating]

      # 2 Fields that are hidden from the user, whoever grants them.
      # hide:
      #   fields: [Account.AnnualRevenue, Contact.*Phone]

      # 4, 5 The records that the user sees: those whose flag is ticked. Organization-wide defaults that must become
      # Private affect other people: look at the plan first. To agree in this file, add: organizationWideDefaults: manage
      # share:
      #   flagEditors: [ops@acme.example]
      #   objects:
      #     Account:
      #       access: edit
      #       flagInitially: Industry = 'Technology'
      #     Contact:
      #       access: read
      "
    `);
  });

  it('Given no username, When rendered, Then it is taken from the environment', () => {
    const yaml = renderDefinition(startingDefinition({ integration: 'X', username: null, email: null, recipe: null }));

    expect(parse(yaml)).toMatchObject({ ok: false, problems: [{ path: 'user.username' }, { path: 'user.email' }] });
  });
});
