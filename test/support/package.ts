import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** The package as npm publishes it, built anew; `files` are the paths inside. */
export type PluginPackage = {
  readonly tarball: string;
  readonly files: readonly string[];
  readonly read: (path: string) => Promise<string>;
  readonly dispose: () => Promise<void>;
};

export async function packPlugin(): Promise<PluginPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'integration-user-package-'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const tarball = join(folder, `sf-plugin-integration-user-${version}.tgz`);
  await run('tar', ['-xzf', tarball, '-C', folder]);
  const { stdout } = await run('tar', ['-tzf', tarball]);
  return {
    tarball,
    files: stdout
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, '')),
    read: (path) => readFile(join(folder, 'package', path), 'utf8'),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
