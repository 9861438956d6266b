import type { Connection } from '@salesforce/core';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { practiceUsername } from '../support/engine.ts';
import { assign, foreignSet, grantPart, hidePart, integrationUserOn, oldProfile, run } from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { describeWithReference, referencePath } from '../support/reference-data.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;
let userId: string;

/** Permissions of a real org's file that concern objects and fields which this org has, as rows are: each once. */
type Permissions = { readonly objects: readonly string[]; readonly fields: ReadonlyMap<string, string> };

function filesOf(folder: string): readonly string[] {
  const path = referencePath('corpus', folder);
  return path === undefined ? [] : readdirSync(path);
}

function permissionsIn(folder: string, file: string): Permissions {
  const xml = readFileSync(referencePath('corpus', folder, file) ?? '', 'utf8');
  const elements = (name: string): readonly string[] => xml.match(new RegExp(`<${name}>[^]*?</${name}>`, 'g')) ?? [];
  const fields = elements('fieldPermissions').flatMap((element) => {
    const path = /<field>(.*?)<\/field>/.exec(element)?.[1] ?? '';
    const [object = '', field = ''] = path.split('.');
    return server.org.schema.field(object, field)?.permissionable === true ? [[path, element] as const] : [];
  });
  return {
    objects: elements('objectPermissions').filter((element) => {
      const object = server.org.schema.object(/<object>(.*?)<\/object>/.exec(element)?.[1] ?? '');
      return object?.permissionable === true && object.permissionsFollow === undefined;
    }),
    fields: new Map(fields),
  };
}

function visible({ fields }: Permissions): readonly string[] {
  return [...fields].filter(([, element]) => element.includes('<readable>true')).map(([field]) => field);
}

async function rowsOf(where: string): Promise<readonly string[]> {
  const rows = await client.query(
    `SELECT Id, Field, SobjectType, PermissionsRead, PermissionsEdit, SystemModstamp FROM FieldPermissions WHERE ${where} ORDER BY Id`,
  );
  return rows.map((row) => JSON.stringify(row));
}

beforeEach(async () => {
  server = await startPracticeServer({ records: 0 });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  userId = await integrationUserOn(client, oldProfile, practiceUsername);
});
afterEach(async () => {
  await server.close();
});

describeWithReference('Given the field permissions of a real profile on the integration profile', () => {
  it.each(filesOf('profiles'))(
    'When all of %s are hidden, Then nobody gives them, and a second run does nothing',
    async (file) => {
      const permissions = permissionsIn('profiles', file);
      await deploy(client, {
        'package.xml': manifestOf({ Profile: [oldProfile] }),
        [`profiles/${oldProfile}.profile`]: metadataDocument(
          'Profile',
          `<custom>false</custom>${[...permissions.fields.values()].join('')}<userLicense>Salesforce Integration</userLicense>`,
        ),
      });
      const fields = [...visible(permissions), 'Account.Fax'];
      const hide = { integration: null, hide: hidePart({ fields }) };
      const first = await run(connection, hide);
      const second = await run(connection, hide);
      const left = new Set(
        (await rowsOf(`Parent.Profile.Name = '${oldProfile}'`)).map((row) => /"Field":"(.*?)"/.exec(row)?.[1]),
      );
      expect({
        exitCode: first.exitCode,
        given: fields.filter((field) => left.has(field)),
        again: second.result.changes.filter(({ status }) => status !== 'unchanged'),
      }).toEqual({ exitCode: 0, given: [], again: [] });
    },
  );
});

describeWithReference('Given a real permission set of somebody else that the user has', () => {
  it.each(filesOf('permissionsets'))(
    'When fields of %s are hidden and others granted, Then it is row by row as before and named',
    async (file) => {
      const permissions = permissionsIn('permissionsets', file);
      await deploy(client, {
        'package.xml': manifestOf({ PermissionSet: ['Foreign_Set'] }),
        'permissionsets/Foreign_Set.permissionset': metadataDocument(
          'PermissionSet',
          `${[...permissions.fields.values()].join('')}<label>Foreign Set</label>${permissions.objects.join('')}`,
        ),
      });
      const [set] = await client.query("SELECT Id FROM PermissionSet WHERE Name = 'Foreign_Set'");
      await assign(client, userId, String(set?.['Id']));
      await assign(client, userId, await foreignSet(client, 'Other_Set', { objects: { Account: {} } }));
      const before = await foreignRows();
      const fields = visible(permissions);
      const definition = {
        hide: hidePart({ fields: [...fields, 'Account.Fax'] }),
        grant: grantPart({ objects: { Account: ['edit'] }, readFields: ['Account.*'] }),
      };
      const first = await run(connection, definition);
      const second = await run(connection, definition);
      const named = first.result.findings.filter(({ message }) => message.includes('permission set Foreign Set'));
      expect({
        foreign: await foreignRows(),
        named: new Set(named.map(({ subject }) => subject)),
        exitCodes: [first.exitCode, second.exitCode],
        again: second.result.changes.filter(({ status }) => status !== 'unchanged'),
      }).toEqual({
        foreign: before,
        named: new Set(fields),
        exitCodes: fields.length === 0 ? [0, 0] : [3, 3],
        again: [],
      });
    },
  );

  async function foreignRows(): Promise<readonly string[]> {
    const objects = await client.query(
      "SELECT Id, SobjectType, PermissionsRead, PermissionsEdit, PermissionsCreate, PermissionsDelete, PermissionsViewAllRecords, PermissionsModifyAllRecords, SystemModstamp FROM ObjectPermissions WHERE Parent.Name IN ('Foreign_Set', 'Other_Set') ORDER BY Id",
    );
    const fields = await rowsOf("Parent.Name IN ('Foreign_Set', 'Other_Set')");
    return [...fields, ...objects.map((row) => JSON.stringify(row))];
  }
});
