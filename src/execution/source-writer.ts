import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { MetadataComponent } from '../metadata/component.js';
import { mergeIntoSource } from '../metadata/project-merge.js';
import { toSourceDocument } from '../metadata/source-format.js';
import { locateDocument, openProject, readSourceTree, type DxProject, type SourceTree } from './dx-project.js';
import { executionTexts } from './texts.js';

export type WrittenSource = {
  readonly component: MetadataComponent;
  /** Relative to the project's root. */
  readonly path: string;
  /** False where the file already said the same. */
  readonly changed: boolean;
};

const byteOrderMark = '\uFEFF';

/** Puts components into the files of a DX project, one after the other: several may share a file. */
export async function writeSource(
  directory: string,
  components: readonly MetadataComponent[],
): Promise<readonly WrittenSource[]> {
  const project = await openProject(directory);
  components.forEach((component) => {
    refuseDecomposed(project, component);
  });
  const tree = await readSourceTree(project, directory);
  const written: WrittenSource[] = [];
  for (const component of components) written.push(await writeComponent(project, tree, component));
  return written;
}

async function writeComponent(
  project: DxProject,
  tree: SourceTree,
  component: MetadataComponent,
): Promise<WrittenSource> {
  const file = locateDocument(tree, toSourceDocument(component).path);
  const existing = await readIfPresent(file);
  const text = merged(existing, component, file);
  if (text !== existing) await replaceFile(file, text);
  return { component, path: relative(project.root, file), changed: text !== existing };
}

function merged(existing: string | null, component: MetadataComponent, file: string): string {
  try {
    if (existing?.startsWith(byteOrderMark) === true) {
      return byteOrderMark + mergeIntoSource(existing.slice(byteOrderMark.length), component);
    }
    return mergeIntoSource(existing, component);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw executionTexts.createError('error.SourceNotReadable', [file, error.message]);
  }
}

/** Projects may split these documents into many small files, which only the CLI itself puts together. */
function refuseDecomposed(project: DxProject, { type }: MetadataComponent): void {
  const decomposing: Readonly<Record<string, RegExp>> = {
    SharingCriteriaRule: /^decomposeSharingRules/i,
    PermissionSet: /^decomposePermissionSet/i,
  };
  const behaviour = project.behaviours.find((name) => decomposing[type]?.test(name));
  if (behaviour !== undefined) throw executionTexts.createError('error.DecomposedSource', [project.root, behaviour]);
}

async function readIfPresent(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all, also when the process ends in the middle. */
async function replaceFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${String(process.pid)}.tmp`;
  await writeFile(draft, text);
  await rename(draft, file);
}
