import { access, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { executionTexts } from './texts.js';

/** A DX project as far as writing source into it goes. */
export type DxProject = {
  readonly root: string;
  /** Absolute; the default one first. */
  readonly packageDirectories: readonly string[];
  /** Behaviours such as decomposeSharingRulesBeta2: these keep documents in another shape than ours. */
  readonly behaviours: readonly string[];
};

export type SourceTree = {
  /** Absolute paths, in the order of the package directories. */
  readonly files: readonly string[];
  /** Where new documents go. */
  readonly newFolder: string;
};

type ProjectFile = {
  readonly packageDirectories?: ReadonlyArray<{ readonly path: string; readonly default?: boolean }>;
  readonly sourceBehaviorOptions?: readonly string[];
};

const projectFile = 'sfdx-project.json';

/** The project that a folder (which need not exist yet) belongs to. */
export async function openProject(directory: string): Promise<DxProject> {
  const root = await findRoot(resolve(directory));
  if (root === null) throw executionTexts.createError('error.NotInProject', [directory]);
  const { packageDirectories = [], sourceBehaviorOptions = [] } = await readProjectFile(root);
  const ordered = [...packageDirectories].sort((a, b) => Number(b.default ?? false) - Number(a.default ?? false));
  return {
    root,
    packageDirectories: ordered.map(({ path }) => resolve(root, path)),
    behaviours: sourceBehaviorOptions,
  };
}

/**
 * Where a document stands in the project, or where it goes when it is new: an existing file is found in any folder, since a
 * project may keep its source in whatever folders it likes.
 */
export function locateDocument(tree: SourceTree, path: string): string {
  return tree.files.find((file) => isAt(file, path)) ?? join(tree.newFolder, path);
}

/** What is there of a project's source below a folder; the whole project's where the folder is its root. */
export async function readSourceTree(project: DxProject, directory: string): Promise<SourceTree> {
  const isRoot = resolve(directory) === project.root;
  const folders = isRoot ? project.packageDirectories : [resolve(directory)];
  const files = await Promise.all(folders.map(filesBelow));
  return { files: files.flat(), newFolder: newSourceFolder(project, directory, isRoot) };
}

function newSourceFolder(project: DxProject, directory: string, isRoot: boolean): string {
  const [defaultDirectory] = project.packageDirectories;
  if (isRoot && defaultDirectory === undefined)
    throw executionTexts.createError('error.NoPackageDirectory', [project.root]);
  const folder = isRoot ? (defaultDirectory ?? project.root) : resolve(directory);
  const isPackage = project.packageDirectories.includes(folder);
  return isPackage ? join(folder, 'main', 'default') : folder;
}

/** Folder names in metadata paths are the same on every platform; the file's own folder must be of the type. */
function isAt(file: string, path: string): boolean {
  return file.replaceAll('\\', '/').endsWith(`/${path}`);
}

async function findRoot(directory: string): Promise<string | null> {
  if (await exists(join(directory, projectFile))) return directory;
  const parent = dirname(directory);
  return parent === directory ? null : findRoot(parent);
}

async function readProjectFile(root: string): Promise<ProjectFile> {
  const path = join(root, projectFile);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProjectFile;
  } catch (error) {
    throw executionTexts.createError('error.ProjectNotReadable', [path, error instanceof Error ? error.message : '']);
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  if (!(await exists(folder))) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !basename(entry.parentPath).startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'))
    .sort();
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
