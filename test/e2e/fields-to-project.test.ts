import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { writeToProject } from '../../src/engine/to-project.js';
import { allFeatures } from '../../src/features/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { DxProject } from '../support/dx-project.ts';
import { definitionOf, practiceUsername } from '../support/engine.ts';
import { grantPart, hidePart, integrationUserOn, oldProfile, requestsOf } from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

const profileFile = `profiles/${oldProfile}.profile-meta.xml`;
let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;
let project: DxProject;

beforeEach(async () => {
  server = await startPracticeServer({ records: 0 });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  await integrationUserOn(client, oldProfile, practiceUsername);
  project = await DxProject.create();
});
afterEach(async () => {
  await server.close();
  await project.dispose();
});

describe('Given a project that holds the profile', () => {
  it('When hidden fields are written into it, Then they are false there, all else is kept, and the org is untouched', async () => {
    const kept =
      '    <custom>false</custom>\n    <!-- kept -->\n    <fieldPermissions>\n        <editable>true</editable>\n        <field>Account.Industry</field>\n        <readable>true</readable>\n    </fieldPermissions>';
    await project.write(profileFile, 'Profile', kept);
    const definition = definitionOf({
      integration: null,
      hide: hidePart({ fields: ['Account.Fax', 'Account.Phone'] }),
    });
    const { requests, outcome } = await requestsOf(client, () =>
      writeToProject(definition, createOrgPort(connection), allFeatures, project.folder),
    );
    const text = await project.read(profileFile);
    const hidden = (field: string): RegExp =>
      new RegExp(`<editable>false</editable>\\s*<field>Account\\.${field}</field>\\s*<readable>false</readable>`);
    expect({
      statuses: outcome.result.changes.map(({ status }) => status),
      hidden: ['Fax', 'Phone'].map((field) => hidden(field).test(text)),
      kept: text.includes(kept.slice(kept.indexOf('<!--'), kept.indexOf('<!--') + 40)),
      written: requests.filter(({ changed }) => changed > 0),
    }).toEqual({ statuses: ['written', 'written'], hidden: [true, true], kept: true, written: [] });
  });
});

describe('Given a project', () => {
  it('When grants are written into it, Then the owned set is a file of it, and the assignment is still to apply', async () => {
    const grant = grantPart({ objects: { Account: ['edit'] }, readFields: ['Account.Rating'] });
    const { result } = await writeToProject(
      definitionOf({ grant }),
      createOrgPort(connection),
      allFeatures,
      project.folder,
    );
    const text = await project.read('permissionsets/HubSpot_Integration_Access.permissionset-meta.xml');
    expect({
      statuses: result.changes.map(({ status }) => status),
      file: /<allowEdit>true<\/allowEdit>[^]*<object>Account<\/object>/.test(text) && text.includes('Account.Rating'),
      codes: result.findings.map(({ code }) => code).filter((code) => code === 'StillToApply'),
    }).toEqual({ statuses: ['written', 'planned'], file: true, codes: ['StillToApply'] });
  });
});
