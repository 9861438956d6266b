import JSZip from 'jszip';

/** The files of a deployment's zip, below the folder that package.xml lies in. */
export type PackageFiles = {
  /** Folder in front of every path, with its slash; empty for a package at the root. */
  readonly root: string;
  readonly zipSize: number;
  readonly files: ReadonlyMap<string, string>;
};

const manifestName = 'package.xml';

/**
 * With `singlePackage` package.xml may lie at the root or in one folder; without it every package is a folder of its own,
 * so that a package.xml at the root is not found.
 */
function packageRoot(paths: readonly string[], singlePackage: boolean): string {
  if (singlePackage && paths.includes(manifestName)) return '';
  const manifest = paths.find((path) => path.split('/').length === 2 && path.endsWith(`/${manifestName}`));
  return manifest?.slice(0, -manifestName.length) ?? '';
}

export async function readPackageFiles(zip: Uint8Array, singlePackage: boolean): Promise<PackageFiles> {
  const archive = await JSZip.loadAsync(zip);
  const entries = Object.values(archive.files).filter((entry) => !entry.dir);
  const paths = entries.map((entry) => entry.name);
  const root = packageRoot(paths, singlePackage);
  const below = entries.filter((entry) => entry.name.startsWith(root) && (root !== '' || singlePackage));
  const contents = await Promise.all(
    below.map(async (entry) => [entry.name.slice(root.length), await entry.async('string')] as const),
  );
  return { root, zipSize: zip.byteLength, files: new Map(contents) };
}
