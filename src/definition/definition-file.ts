import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Messages } from '@salesforce/core/messages';
import type { SfError } from '@salesforce/core/sfError';
import type { Definition } from './definition.js';
import type { ResolvedValue } from './environment.js';
import { parseDefinition, type ParseContext } from './parse.js';
import type { Problem } from './problem.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'definition');

export type DefinitionFile = {
  readonly path: string;
  readonly definition: Definition;
  readonly resolved: readonly ResolvedValue[];
};

type FileProblem = Problem & { readonly file: string };
type ReadFile = DefinitionFile | { readonly path: string; readonly problems: readonly Problem[] };

const extensions = ['.yaml', '.yml', '.json'];

/** One definition. Throws InvalidDefinitionError with everything that is wrong. */
export async function readDefinitionFile(path: string, context: ParseContext): Promise<DefinitionFile> {
  const [file] = await readDefinitionFiles([path], context);
  if (file === undefined) throw invalid([]);
  return file;
}

/** All definitions of a folder, in the order of their names. Problems of all files are reported together. */
export async function readDefinitionFolder(folder: string, context: ParseContext): Promise<readonly DefinitionFile[]> {
  const names = await readable(folder, () => readdir(folder));
  const chosen = names.filter((name) => extensions.includes(extname(name).toLowerCase())).sort();
  if (chosen.length === 0) throw messages.createError('error.NoDefinitionInFolder', [folder]);
  const files = await readDefinitionFiles(
    chosen.map((name) => join(folder, name)),
    context,
  );
  refuseSameUser(files);
  return files;
}

async function readDefinitionFiles(
  paths: readonly string[],
  context: ParseContext,
): Promise<readonly DefinitionFile[]> {
  const files = await Promise.all(paths.map((path) => parseFile(path, context)));
  const problems = files.flatMap((file) =>
    'problems' in file ? file.problems.map((item) => ({ ...item, file: file.path })) : [],
  );
  if (problems.length > 0) throw invalid(problems);
  return files.filter((file) => 'definition' in file);
}

async function parseFile(path: string, context: ParseContext): Promise<ReadFile> {
  const parsed = parseDefinition(await readable(path, () => readFile(path)), context);
  return parsed.ok
    ? { path, definition: parsed.definition, resolved: parsed.resolved }
    : { path, problems: parsed.problems };
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw messages.createError('error.DefinitionNotReadable', [path, reasonOf(error)]);
  }
}

const reasons: readonly string[] = ['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES'];

/** The usual reasons in words; the system's own for the others. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return reasons.includes(code) ? messages.getMessage(`reason.${code}`) : error.message;
}

function refuseSameUser(files: readonly DefinitionFile[]): void {
  const seen = new Map<string, string>();
  for (const { path, definition } of files) {
    const username = definition.username.toLowerCase();
    const earlier = seen.get(username);
    if (earlier !== undefined) throw messages.createError('error.SameUserTwice', [earlier, path, definition.username]);
    seen.set(username, path);
  }
}

function invalid(problems: readonly FileProblem[]): SfError {
  const files = [...new Set(problems.map(({ file }) => file))].join(', ');
  const count =
    problems.length === 1
      ? messages.getMessage('problems.one')
      : messages.getMessage('problems.many', [problems.length]);
  const error = messages.createError('error.InvalidDefinition', [files, count, problems.map(problemLine).join('\n')]);
  error.setData({ problems: problems.map((problem) => ({ ...problem })) });
  return error;
}

function problemLine(problem: FileProblem): string {
  const line = messages.getMessage('problem.line', [problem.file, problem.line, problem.column, problem.message]);
  if (problem.suggestion === undefined) return line;
  return `${line} ${messages.getMessage('problem.suggestion', [problem.suggestion])}`;
}
