import { Messages } from '@salesforce/core/messages';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packageName = 'sf-plugin-integration-user';
Messages.importMessagesDirectory(root);

type Source = { readonly path: string; readonly text: string };

const sources: readonly Source[] = globSync('src/**/*.ts', { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));
const bundles = globSync('messages/*.md', { cwd: root }).map((path) => basename(path, '.md'));
const allText = sources.map(({ text }) => text).join('\n');

/** The bundle that a file loads, itself or through the texts.ts that it imports. */
function bundleOf(source: Source): string | undefined {
  const own = /(?:loadMessages\('sf-plugin-integration-user',|featureTexts\()\s*'([^']+)'/.exec(source.text)?.[1];
  if (own !== undefined) return own;
  const imported = /from '(\.[^']*texts)\.js'/.exec(source.text)?.[1];
  if (imported === undefined) return undefined;
  const path = join(dirname(source.path), `${imported}.ts`);
  const texts = sources.find((candidate) => candidate.path === path);
  return texts === undefined || texts === source ? undefined : bundleOf(texts);
}

/** Keys that stand in the code as they are. Composed ones are named by their prefix and checked below. */
function keysIn({ text }: Source): readonly string[] {
  const direct = [...text.matchAll(/\.(?:getMessages?|createError|text)\(\s*'([^']+)'/g)].map(([, key]) => key ?? '');
  const findings = [...text.matchAll(/\.finding\(\s*'(?:error|warning|info)',\s*'(\w+)'/g)].flatMap(([, code]) => [
    `finding.${code ?? ''}`,
    `finding.${code ?? ''}.fix`,
  ]);
  const notes = [...text.matchAll(/\.note\(\s*'(\w+)'/g)].map(([, code]) => `finding.${code ?? ''}`);
  const inTables = [...text.matchAll(/'(error\.\w+)'/g)].map(([, key]) => key ?? '');
  return [...direct, ...findings, ...notes, ...inTables];
}

function keysOf(bundle: string): readonly string[] {
  const text = readFileSync(join(root, 'messages', `${bundle}.md`), 'utf8');
  return [...text.matchAll(/^# (\S+)$/gm)].map(([, key]) => key ?? '');
}

/** A key is used where it, or the last part that tells it apart, stands in the code; actions and fixes go with their error. */
function isUsed(key: string): boolean {
  const named = key.replace(/\.(?:actions|fix|summary|description)$/, '');
  const parts = named.split('.');
  const last = parts.at(-1) ?? named;
  return (
    [named, last].some((part) => allText.includes(`'${part}'`) || allText.includes(`${part}:`)) ||
    parts.slice(0, -1).some((_, index) => allText.includes(`\`${parts.slice(0, index + 1).join('.')}.\${`))
  );
}

describe.each(bundles)('Given the texts in messages/%s.md', (bundle) => {
  const messages = Messages.loadMessages(packageName, bundle);
  const users = sources.filter((source) => bundleOf(source) === bundle);

  it('When the code is searched, Then some of it loads them and asks for literal keys', () => {
    expect(users.flatMap(keysIn)).not.toEqual([]);
  });

  it('When the code asks for a text, Then it is there', () => {
    const known = new Set(keysOf(bundle));
    const missing = users.flatMap((source) =>
      keysIn(source)
        .filter((key) => !known.has(key))
        .map((key) => `${source.path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('When a text is there, Then the code asks for it', () => {
    expect(keysOf(bundle).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('When a text is loaded, Then it is not empty', () => {
    expect(keysOf(bundle).filter((key) => messages.getMessages(key).join('').trim() === '')).toEqual([]);
  });
});
