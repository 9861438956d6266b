import { beforeAll, describe, expect, it } from 'vitest';
import { ApplyScenario } from '../support/apply-scenario.ts';
import { refusing, unreadable } from '../support/refusing-port.ts';

const definition = `integration: HubSpot
user: { username: hubspot@acme.example, email: integrations@acme.example }
grant:
  objects: { Account: [read] }
  fields: { read: [Account.Industry] }
hide: { fields: [Account.Phone] }
share:
  organizationWideDefaults: manage
  objects: { Account: { access: read, flagInitially: "Industry = 'Technology'" } }
`;

/** What decides whether something is there already, whose it is, and what it holds. */
const decisive: ReadonlyArray<readonly [string, RegExp]> = [
  ['the user', /FROM User WHERE Username = 'hubspot/],
  ['its license', /FROM PermissionSetLicenseAssign/],
  ['its permission sets', /FROM PermissionSetAssignment WHERE Assignee\.Username = 'hubspot/],
  ['its field permissions', /FROM FieldPermissions WHERE ParentId IN/],
  ['its object permissions', /FROM ObjectPermissions WHERE ParentId IN/],
  ['system permissions', /FIELDS\(STANDARD\) FROM PermissionSet /],
  ['which fields have permissions', /^describe FieldPermissions/],
  ['which objects have permissions', /^describe ObjectPermissions/],
  ['the group', /FROM Group WHERE/],
  ['members of the group', /FROM GroupMember WHERE Group\.Type/],
  ['what the owned permission set holds', /^PermissionSet HubSpot_Integration_Access/],
  ['which of the permission sets exist', /FROM PermissionSet WHERE Name IN \('HubSpot_Integration_Access'/],
  ['fields of flag editors', /FROM FieldPermissions WHERE Parent\.Name/],
  ['who the flag editors are', /FROM PermissionSetAssignment WHERE PermissionSet\.Name = 'HubSpot_Flag_Editor'/],
  ['a default that moves along', /^CustomObject Contact/],
  ['sharing rules', /^SharingRules Account/],
];

describe('Given an integration that is set up, and an org that refuses to say something', () => {
  const org = new ApplyScenario();
  beforeAll(async () => {
    await org.given();
    await org.apply(definition);
  });

  it.each(decisive)('When it is %s, Then the run stops and nothing is written', async (_, pattern) => {
    const run = await org.apply(definition, { through: (port) => refusing(pattern, port) });
    expect(run).toMatchObject({ exitCode: 1, error: 'AnswerRefusedError', writes: 0 });
  });
});

describe('Given an integration that is set up, and an org that has a component and no metadata for it', () => {
  const org = new ApplyScenario();
  const sharingOnly = definition.replace(/grant:[^]*?(?=share:)/, '');
  const onLayout = definition.replace(
    'organizationWideDefaults: manage',
    '$&\n  addToLayouts: [Account-Account Layout]',
  );
  beforeAll(async () => {
    await org.given();
    await org.apply(definition);
  });

  it.each([
    ['the owned permission set, and sharing alone is asked for', sharingOnly, /^PermissionSet HubSpot_/],
    ['the owned permission set, and a grant is asked for', definition, /^PermissionSet HubSpot_/],
    ['a page layout', onLayout, /^Layout Account-/],
  ])('When it is %s, Then the run stops and nothing is written', async (_, yaml, pattern) => {
    const run = await org.apply(yaml, { through: (port) => unreadable(pattern, port) });
    expect(run).toMatchObject({ exitCode: 1, error: 'ComponentUnreadableError', writes: 0 });
  });

  it('When only sharing is asked for, in other letters, Then the set is read under the name that the org gives it', async () => {
    const yaml = sharingOnly.replace('integration: HubSpot', 'integration: HUBSPOT');
    const run = await org.apply(yaml, { through: (port) => unreadable(/^PermissionSet HUBSPOT_/, port) });
    expect(run).toMatchObject({ exitCode: 0, writes: 0 });
  });
});

describe('Given a profile that shows fields, and an org that refuses to say which', () => {
  const org = new ApplyScenario();

  it('When a field is to be hidden from a new user, Then it is not called hidden', async () => {
    await org.given({ profileGeneration: 'old' });
    const run = await org.apply(definition, {
      through: (port) => refusing(/FROM FieldPermissions WHERE Parent\.ProfileId/, port),
    });
    expect(run).toMatchObject({ exitCode: 1, error: 'AnswerRefusedError', writes: 0 });
  });
});

describe('Given an org that answers before the changes and refuses afterwards', () => {
  const org = new ApplyScenario();

  it('When it is read back, Then nothing is called applied', async () => {
    await org.given();
    let looks = 0;
    const run = await org.apply(definition, {
      progress: ({ kind }) => (looks += kind === 'looking' ? 1 : 0),
      through: (port) => {
        const later = refusing(/FROM Group WHERE/, port);
        return new Proxy(port, { get: (_, name) => Reflect.get(looks > 1 ? later : port, name) as unknown });
      },
    });
    expect({ exitCode: run.exitCode, applied: Object.values(run.statuses).includes('applied') }).toEqual({
      exitCode: 68,
      applied: false,
    });
  });
});
