import { beforeEach, describe, expect, it } from 'vitest';
import { defaultDeployOptions } from '../../../practice-org/metadata/messages.ts';
import { document, manifest, messageOf, MetadataOrg, problems, zipOf } from './metadata-org.ts';

const group = document('Group', '<doesIncludeBosses>false</doesIncludeBosses><name>Partners</name>');
const wrongGroup = document('Group', '<doesIncludeBosses>perhaps</doesIncludeBosses><name>Partners</name>');
const files = { 'groups/Partners.group': group };

let metadata: MetadataOrg;

beforeEach(() => {
  metadata = new MetadataOrg();
});

const groups = () => metadata.rows('Group', { Type: 'Regular' }).map((row) => row['DeveloperName']);

describe('Given what package.xml says', () => {
  it('When it names what is not in the zip, Then that is an error of package.xml (cli#6)', async () => {
    const result = await metadata.deploy({ SharingCriteriaRule: ['Account.X'] }, {});

    expect(result.details.componentFailures).toMatchObject([
      {
        fileName: 'package.xml',
        fullName: 'Account.X',
        problem:
          "An object 'Account.X' of type SharingCriteriaRule was named in package.xml, but was not found in zipped directory",
        problemType: 'Error',
      },
    ]);
  });

  it('When the zip holds what it does not name, Then that is an error of the file', async () => {
    const result = await metadata.deploy({}, files);

    expect(result.details.componentFailures).toMatchObject([
      { fileName: 'groups/Partners.group', problem: 'Not in package.xml' },
    ]);
  });

  it('When missing files are allowed, Then what is not in the zip is passed over', async () => {
    expect((await metadata.deploy({ Group: ['Nobody'] }, {}, { allowMissingFiles: true })).success).toBe(true);
  });

  it('When the package is updated from the zip, Then what it does not name is deployed, too', async () => {
    await metadata.deploy({}, files, { autoUpdatePackage: true });

    expect(groups()).toContain('Partners');
  });

  it('When it names everything of a type by an asterisk, Then all of it is deployed', async () => {
    await metadata.deploy({ Group: ['*'] }, { ...files, 'groups/Others.group': group });

    expect(groups()).toEqual(expect.arrayContaining(['Partners', 'Others']));
  });

  it('When it names a type that is not implemented, Then the error says so', async () => {
    expect(problems(await metadata.deploy({ Flow: ['X'] }, {}))).toEqual([
      "Entity type 'Flow' is not implemented by the practice org",
    ]);
  });

  it('When it is missing, Then the deployment fails with that', async () => {
    const ticket = metadata.service.deploy(metadata.admin, await zipOf(files), {
      ...defaultDeployOptions,
      singlePackage: true,
    });

    expect(problems(await ticket.finished)).toEqual(['No package.xml found']);
  });

  it.each([
    ['at the root of a single package', '', true],
    ['in a folder of a single package', 'unpackaged/', true],
    ['in a folder of several packages', 'unpackaged/', false],
  ])('When it lies %s, Then it is found', async (_where, folder, singlePackage) => {
    const zip = await zipOf({
      [`${folder}package.xml`]: manifest({ Group: ['Partners'] }),
      [`${folder}groups/Partners.group`]: group,
    });
    const ticket = metadata.service.deploy(metadata.admin, zip, { ...defaultDeployOptions, singlePackage });

    expect((await ticket.finished).success).toBe(true);
  });
});

describe('Given a file that cannot be read', () => {
  it('When it is deployed, Then the failure has line and column of the element', async () => {
    const result = await metadata.deploy({ Group: ['Partners'] }, { 'groups/Partners.group': wrongGroup });

    expect(result.details.componentFailures).toMatchObject([
      {
        problem: "Error parsing file: 'perhaps' is not a valid value for the type xsd:boolean",
        lineNumber: 3,
        columnNumber: 20,
      },
    ]);
  });

  it.each([
    ['an element that is not closed', '<Group><name>x</Group>'],
    ['an unknown entity', document('Group', '<name>&nbsp;</name>')],
    ['a document type', `<!DOCTYPE Group>${group}`],
    ['another root', document('Role', '<name>x</name>')],
  ])('When it has %s, Then parsing fails and nothing is changed', async (_what, xml) => {
    const result = await metadata.deploy({ Group: ['Partners'] }, { 'groups/Partners.group': xml });

    expect(problems(result)[0]).toMatch(/^Error parsing file: /);
    expect(groups()).not.toContain('Partners');
  });

  it('When the zip is none, Then the deployment fails as a whole', async () => {
    const ticket = metadata.service.deploy(metadata.admin, new Uint8Array([1, 2, 3]), defaultDeployOptions);

    expect(await ticket.finished).toMatchObject({ status: 'Failed', done: true, success: false });
  });
});

describe('Given a package of which one component fails', () => {
  const members = { Group: ['Others', 'Partners'] };
  const mixed = { 'groups/Others.group': group, 'groups/Partners.group': wrongGroup };

  it('When it rolls back on errors, Then nothing of it stays', async () => {
    const result = await metadata.deploy(members, mixed, { rollbackOnError: true });

    expect(result.status).toBe('Failed');
    expect(groups()).not.toContain('Others');
  });

  it('When it does not, Then the rest stays and it has partly succeeded', async () => {
    const result = await metadata.deploy(members, mixed, { rollbackOnError: false });

    expect(result).toMatchObject({ status: 'SucceededPartial', numberComponentErrors: 1, numberComponentsDeployed: 1 });
    expect(groups()).toContain('Others');
  });
});

describe('Given a validation', () => {
  it('When it succeeds, Then nothing is changed, and it can be deployed by its Id', async () => {
    const zip = await zipOf({ 'package.xml': manifest({ Group: ['Partners'] }), ...files });
    const validation = metadata.service.deploy(metadata.admin, zip, {
      ...defaultDeployOptions,
      singlePackage: true,
      checkOnly: true,
    });
    expect(await validation.finished).toMatchObject({ checkOnly: true, success: true });
    expect(await validation.changed).toBe(0);
    expect(groups()).not.toContain('Partners');

    const quick = metadata.service.deployRecentValidation(metadata.admin, validation.id);

    expect(await quick.finished).toMatchObject({ checkOnly: false, success: true });
    expect(groups()).toContain('Partners');
  });
});

describe('Given components that are not there', () => {
  it('When they are to be deleted, Then that is a warning, and an error unless warnings are ignored', async () => {
    const missing = { CustomField: ['Account.Nothing__c'] };

    const strict = await metadata.destroy(missing);
    const lenient = await metadata.destroy(missing, 'destructiveChanges.xml', { ignoreWarnings: true });

    expect(strict.success).toBe(false);
    expect(lenient.success).toBe(true);
    expect(messageOf(lenient, 'CustomField', 'Account.Nothing__c')).toMatchObject({
      problem: 'No CustomField named: Account.Nothing__c found',
      problemType: 'Warning',
    });
  });
});

describe('Given several deployments at once', () => {
  let zip: Uint8Array;
  const start = () => metadata.service.deploy(metadata.admin, zip, { ...defaultDeployOptions, singlePackage: true });

  beforeEach(async () => {
    zip = await zipOf({ 'package.xml': manifest({ Group: ['Partners'] }), ...files });
  });

  it('When one is asked about at once, Then it is pending, and the Tooling API shows it so', async () => {
    const ticket = start();

    expect(metadata.service.deployStatus(metadata.admin, ticket.id, true).status).toBe('Pending');
    expect(metadata.row('DeployRequest', { Id: ticket.id })['Status']).toBe('Pending');
    await ticket.finished;
    expect(metadata.row('DeployRequest', { Id: ticket.id })['Status']).toBe('Succeeded');
  });

  it('When a waiting one is cancelled, Then it changes nothing', async () => {
    const ticket = start();

    expect(metadata.service.cancel(metadata.admin, ticket.id)).toMatchObject({ done: true });

    expect(await ticket.finished).toMatchObject({ status: 'Canceled', canceledBy: metadata.admin.userId });
    expect(groups()).not.toContain('Partners');
  });

  it('When one is cancelled while it is read in, Then it changes nothing either', async () => {
    const ticket = start();
    await Promise.resolve();

    expect(metadata.service.cancel(metadata.admin, ticket.id)).toMatchObject({ done: false });

    expect(await ticket.finished).toMatchObject({ status: 'Canceled' });
    expect(groups()).not.toContain('Partners');
  });

  it('When the second says the same as the first, Then only the first changes something', async () => {
    const [first, second] = [start(), start()];

    expect([await first.changed, await second.changed]).toEqual([1, 0]);
  });
});

describe('Given users with other permissions', () => {
  it('When somebody without Modify Metadata deploys, Then the Metadata API is closed', async () => {
    const zip = await zipOf({ 'package.xml': manifest({}) });
    const profile = metadata.row('Profile', { Name: 'Standard User' })['Id'] ?? null;
    const userId = String(metadata.rows('User', { ProfileId: profile, IsActive: true })[0]?.['Id']);

    expect(() => metadata.service.deploy({ userId, apiVersion: 66 }, zip, defaultDeployOptions)).toThrow(
      'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
    );
  });
});
