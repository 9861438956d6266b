/**
 * The plugin's public contracts are files under version control: flags (command-snapshot.json), JSON output (schemas/commands), the
 * schemas of definitions and recipes (schemas/*.schema.json) and the command section of README.md. Without arguments, compares
 * them with the code and fails on a difference; with --update, writes them anew. Needs lib/.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const update = process.argv.includes('--update');
const failures = [];

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { ok: status === 0, stdout, output: `${stdout}${stderr}` };
}

function check(title, args) {
  const { ok, output } = run(args);
  if (!ok) failures.push(`${title}\n${output}`);
}

/** oclif writes the version of Node and the platform of this machine into the usage section. */
function comparable(readme) {
  return readme.replace(/^sf-plugin-integration-user\/.*$/m, '').trimEnd();
}

function generatedReadme() {
  const oclif = fileURLToPath(new URL('../node_modules/oclif/bin/run.js', import.meta.url));
  const { ok, stdout, output } = run([oclif, 'readme', '--dry-run', '--no-source-links']);
  if (!ok) throw new Error(output);
  // Before the text it says what it replaces, and where.
  return stdout.slice(stdout.indexOf('# '));
}

/** File below schemas/ → the value that the code publishes there. */
async function publishedSchemas() {
  const { publishedSchema } = await import('../lib/definition/schema.js');
  const { publishedRecipeSchema } = await import('../lib/recipes/schema.js');
  const schemas = { 'definition.schema.json': publishedSchema(), 'recipe.schema.json': publishedRecipeSchema() };
  const formatted = Object.entries(schemas).map(async ([file, schema]) => ({
    file,
    text: await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 }),
  }));
  return Promise.all(formatted);
}

if (update) {
  check('The command snapshot could not be written.', ['bin/dev.js', 'snapshot', 'generate']);
  rmSync(`${root}schemas/commands`, { recursive: true, force: true });
  check('The JSON schemas could not be written.', [
    'bin/dev.js',
    'schema',
    'generate',
    '--filepath',
    'schemas/commands',
  ]);
  for (const { file, text } of await publishedSchemas()) writeFileSync(`${root}schemas/${file}`, text);
  writeFileSync(`${root}README.md`, `${generatedReadme().trimEnd()}\n`);
} else {
  check('The flags differ from command-snapshot.json.', ['bin/dev.js', 'snapshot', 'compare']);
  check('The JSON output differs from schemas/commands.', [
    'bin/dev.js',
    'schema',
    'compare',
    '--filepath',
    'schemas/commands',
  ]);
  for (const { file, text } of await publishedSchemas()) {
    if (text !== readFileSync(`${root}schemas/${file}`, 'utf8')) {
      failures.push(`The schema in the code differs from schemas/${file}.`);
    }
  }
  if (comparable(generatedReadme()) !== comparable(readFileSync(`${root}README.md`, 'utf8'))) {
    failures.push('The command section of README.md is out of date.');
  }
}

if (failures.length > 0) {
  console.error(`${failures.join('\n\n')}\n\nWhere the change is intended, run: npm run contracts:update`);
  process.exitCode = 1;
}
