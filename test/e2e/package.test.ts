import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { packPlugin, type PluginPackage } from '../support/package.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packingMs = 180_000;

const belongs = [
  /^(?:package\.json|README\.md|LICENSE|bin\/run\.js|oclif\.manifest\.json)$/,
  /^lib\/.+\.(?:js|d\.ts)$/,
  /^messages\/[\w.-]+\.md$/,
  /^recipes\/[\w-]+\.yaml$/,
  /^schemas\/(?:commands\/)?[\w.-]+\.json$/,
];

type Manifest = { readonly commands: Readonly<Record<string, { readonly relativePath: readonly string[] }>> };

describe('Given the package as it is published', () => {
  let plugin: PluginPackage;
  beforeAll(async () => {
    plugin = await packPlugin();
    return plugin.dispose;
  }, packingMs);

  it('When its files are listed, Then each is one that the plugin needs', () => {
    expect(plugin.files.filter((path) => !belongs.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  it.each(['messages', 'recipes', 'schemas'])(
    'When %s is compared with the source, Then nothing is missing',
    async (folder) => {
      const entries = await readdir(`${root}${folder}`, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);
      const missing = files.map((path) => path.slice(root.length)).filter((path) => !plugin.files.includes(path));
      expect(missing).toEqual([]);
    },
  );

  it('When its manifest is read, Then it names every command, so that the CLI need not load them', async () => {
    const commands = await readdir(`${root}src/commands/integration-user`);
    const manifest = JSON.parse(await plugin.read('oclif.manifest.json')) as Manifest;
    const named = Object.values(manifest.commands).map(({ relativePath }) => relativePath.join('/'));
    // oclif notes the sources instead where NODE_ENV says "test" or "development".
    expect(named.sort()).toEqual(
      commands.map((file) => `lib/commands/integration-user/${file.replace(/\.ts$/, '.js')}`).sort(),
    );
  });

  it('When its texts are searched, Then none names a folder of the machine it was built on', async () => {
    const texts = await Promise.all(plugin.files.map(async (path) => [path, await plugin.read(path)] as const));
    const telling = texts.filter(([, text]) => [root, homedir()].some((folder) => text.includes(folder)));
    expect(telling.map(([path]) => path)).toEqual([]);
  });
});
