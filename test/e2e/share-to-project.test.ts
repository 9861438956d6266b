import type { Connection } from '@salesforce/core';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { writeToProject } from '../../src/engine/to-project.js';
import { allFeatures } from '../../src/features/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { DxProject } from '../support/dx-project.ts';
import { definitionOf } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { assertValidMetadata } from '../support/metadata-schema.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { describeWithReference, referencePath } from '../support/reference-data.ts';
import { readingIntegrationUser, sharedObject, sharePart } from '../support/sharing.ts';

const corpus = referencePath('corpus', 'sharingRules');

/** "AlainHofstetter__CostCenter__c.sharingRules-meta.xml": an org's rules of one object; some are numbered. */
function objectOf(file: string): string {
  const name = file.replace('.sharingRules-meta.xml', '').replace(/^[^_]+__(?:\d+__)?/, '');
  return name === 'account' ? 'Account' : name;
}

describe('Given a DX project', () => {
  const client = usePracticeServer({ records: 4 });
  let connection: Connection;
  let project: DxProject;

  beforeAll(async () => {
    connection = await connectTo(client.server);
    await readingIntegrationUser(client, ['Account']);
  });
  beforeEach(async () => {
    project = await DxProject.create();
  });
  afterEach(async () => {
    await project.dispose();
  });

  function write(...objects: readonly string[]): Promise<EngineOutcome> {
    const share = sharePart(objects.map((object) => sharedObject(object)));
    return writeToProject(definitionOf({ share }), createOrgPort(connection), allFeatures, project.folder);
  }

  it('When objects are shared into it, Then it holds what would have been deployed, and the org is as before', async () => {
    await client.send('DELETE', '/__practice__/requests');
    const { result, exitCode } = await write('Account', 'Lead');
    const { body } = await client.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
    expect({
      exitCode,
      written: result.changes.flatMap(({ status, path }) => (status === 'written' ? [path] : [])).sort(),
      changed: body.filter(({ changed }) => changed > 0),
    }).toEqual({
      exitCode: 0,
      written: [
        'groups/HubSpot_Integration.group-meta.xml',
        'objects/Account/Account.object-meta.xml',
        'objects/Account/fields/Send_to_HubSpot__c.field-meta.xml',
        'objects/Case/Case.object-meta.xml',
        'objects/Lead/Lead.object-meta.xml',
        'objects/Lead/fields/Send_to_HubSpot__c.field-meta.xml',
        'objects/Opportunity/Opportunity.object-meta.xml',
        'permissionsets/HubSpot_Flag_Editor.permissionset-meta.xml',
        'permissionsets/HubSpot_Integration_Access.permissionset-meta.xml',
        'sharingRules/Account.sharingRules-meta.xml',
        'sharingRules/Lead.sharingRules-meta.xml',
      ].map((path) => join('force-app', 'main', 'default', path)),
      changed: [],
    });
  });

  it('When the same is written again, Then no file changes', async () => {
    const first = await write('Account', 'Lead');
    const texts = await textsOf(project);
    const second = await write('Account', 'Lead');
    expect({
      statuses: new Set(second.result.changes.filter(({ path }) => path !== undefined).map(({ status }) => status)),
      texts: await textsOf(project),
      exitCode: first.exitCode,
    }).toEqual({ statuses: new Set(['unchanged']), texts, exitCode: 0 });
  });

  describeWithReference('and sharing rules of a real org in it', () => {
    beforeAll(async () => {
      await createCustomObjects(customObjects);
      client.server.org.sharing.setModels(new Map([['Asset', { internal: 'Private', external: 'Private' }]]));
      client.server.org.sharing.settle();
    });

    const files = (corpus === undefined ? [] : readdirSync(corpus)).filter(
      // The practice org knows no work orders.
      (name) => name.endsWith('-meta.xml') && objectOf(name) !== 'WorkOrder',
    );
    const customObjects = [...new Set(files.map(objectOf).filter((name) => name.endsWith('__c')))];

    async function createCustomObjects(names: readonly string[]): Promise<void> {
      const body = (name: string): string =>
        `<deploymentStatus>Deployed</deploymentStatus><label>${name}</label><nameField><label>Name</label>` +
        `<type>Text</type></nameField><pluralLabel>${name}</pluralLabel><sharingModel>ReadWrite</sharingModel>`;
      await deploy(client, {
        'package.xml': manifestOf({ CustomObject: names }),
        ...Object.fromEntries(
          names.map((name) => [`objects/${name}.object`, metadataDocument('CustomObject', body(name))]),
        ),
      });
    }

    it.each(files)(
      'When the rule is added to %s, Then all other text stays and twice changes nothing',
      async (file) => {
        const target = `sharingRules/${objectOf(file)}.sharingRules-meta.xml`;
        await mkdir(dirname(project.pathOf(target)), { recursive: true });
        await copyFile(join(corpus ?? '', file), project.pathOf(target));
        const before = await project.read(target);
        await write(objectOf(file));
        const after = await project.read(target);
        await write(objectOf(file));
        expect({
          keepsAllText: isInsertion(before, after),
          added: after.split('<fullName>Send_to_HubSpot</fullName>').length - 1,
          valid: isValid(after) || !isValid(before),
          twice: await project.read(target),
        }).toEqual({ keepsAllText: true, added: 1, valid: true, twice: after });
      },
    );
  });
});

/** `after` is `before` with one piece of text put in. An empty element must be opened first. */
function isInsertion(before: string, after: string): boolean {
  if (/\/>\s*$/.test(before)) return true;
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  return after.length > before.length && after.endsWith(before.slice(start));
}

function isValid(xml: string): boolean {
  try {
    assertValidMetadata(xml);
    return true;
  } catch {
    return false;
  }
}

async function textsOf(project: DxProject): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(project.folder, { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)),
  );
}
