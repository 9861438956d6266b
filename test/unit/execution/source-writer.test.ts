import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeSource as sut } from '../../../src/execution/source-writer.js';
import { checkboxField } from '../../../src/metadata/custom-field.js';
import { publicGroup } from '../../../src/metadata/group.js';
import { criteriaRule, flagRule } from '../../../src/metadata/sharing-rule.js';

const field = checkboxField({ object: 'Lead', name: 'Send__c', label: 'Send', description: 'Ours' });
const group = publicGroup({ name: 'Ours', label: 'Ours', description: null, doesIncludeBosses: false });
const rule = (name: string) =>
  criteriaRule(
    flagRule({
      object: 'Lead',
      name,
      label: name,
      description: 'Ours',
      access: 'Read',
      accountSettings: null,
      group: 'Ours',
      flagField: 'Send__c',
    }),
  );

describe('writing source into a DX project', () => {
  let root: string;
  const at = (path: string): string => join(root, path);
  const write = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), content);
  };
  const project = (more: object = {}): Promise<void> =>
    write(
      'sfdx-project.json',
      JSON.stringify({ packageDirectories: [{ path: 'extras' }, { path: 'force-app', default: true }], ...more }),
    );

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'source-writer-'));
    await project();
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  it('Given the root of a project, When a new field is written, Then it goes into the default package', async () => {
    expect(await sut(root, [field])).toMatchObject([
      { path: 'force-app/main/default/objects/Lead/fields/Send__c.field-meta.xml', changed: true },
    ]);
  });

  it('Given a package directory, When a new field is written, Then it goes there', async () => {
    expect(await sut(at('extras'), [field])).toMatchObject([
      { path: 'extras/main/default/objects/Lead/fields/Send__c.field-meta.xml' },
    ]);
  });

  it('Given a folder of a package that does not exist yet, When a group is written, Then the folder is made', async () => {
    expect(await sut(at('force-app/hubspot'), [group])).toMatchObject([
      { path: 'force-app/hubspot/groups/Ours.group-meta.xml' },
    ]);
  });

  it('Given the document in an unusual folder, When it is written, Then it is changed where it stands', async () => {
    await write('extras/crm/groups/Ours.group-meta.xml', '<Group>\n  <name>Old</name>\n</Group>\n');

    expect(await sut(root, [group])).toMatchObject([{ path: 'extras/crm/groups/Ours.group-meta.xml', changed: true }]);
  });

  it('Given two rules of one object, When they are written, Then one file holds both', async () => {
    const written = await sut(root, [rule('B'), rule('A')]);
    const text = await readFile(at(written[0]?.path ?? ''), 'utf8');

    expect(new Set(written.map(({ path }) => path)).size).toBe(1);
    expect([...text.matchAll(/<fullName>(\w)<\/fullName>/g)].map(([, name]) => name)).toEqual(['A', 'B']);
  });

  it('Given what was written before, When it is written again, Then no file is touched', async () => {
    await sut(root, [field, rule('A')]);

    expect((await sut(root, [field, rule('A')])).map(({ changed }) => changed)).toEqual([false, false]);
  });

  it('Given a file with a byte order mark, When it is changed, Then the mark stays', async () => {
    const path = 'force-app/main/default/groups/Ours.group-meta.xml';
    await write(path, '\uFEFF<Group>\n  <name>Old</name>\n</Group>\n');
    await sut(root, [group]);

    expect(await readFile(at(path), 'utf8')).toMatch(/^\uFEFF<Group>/);
  });

  it('Given a written document, When its folder is read, Then no draft is left', async () => {
    await sut(root, [group]);

    expect(await readdir(at('force-app/main/default/groups'))).toEqual(['Ours.group-meta.xml']);
  });

  it('Given a folder outside of any project, When something is written, Then it is refused by name', async () => {
    await rm(at('sfdx-project.json'));

    await expect(sut(root, [field])).rejects.toMatchObject({ name: 'NotInProjectError' });
  });

  it('Given a broken file in the way, When it is to be changed, Then it is named and left as it is', async () => {
    const path = 'force-app/main/default/groups/Ours.group-meta.xml';
    await write(path, '<Group><name>');

    await expect(sut(root, [group])).rejects.toMatchObject({ name: 'SourceNotReadableError' });
    expect(await readFile(at(path), 'utf8')).toBe('<Group><name>');
  });

  it('Given a project that decomposes sharing rules, When a rule is written, Then it is refused by name', async () => {
    await project({ sourceBehaviorOptions: ['decomposeSharingRulesBeta2'] });

    await expect(sut(root, [rule('A')])).rejects.toMatchObject({ name: 'DecomposedSourceError' });
  });

  it('Given a project file that is no JSON, When something is written, Then it is refused by name', async () => {
    await write('sfdx-project.json', '{');

    await expect(sut(root, [field])).rejects.toMatchObject({ name: 'ProjectNotReadableError' });
  });

  it('Given a project without package directories, When something is written, Then it is refused by name', async () => {
    await project({ packageDirectories: [] });

    await expect(sut(root, [field])).rejects.toMatchObject({ name: 'NoPackageDirectoryError' });
  });
});
