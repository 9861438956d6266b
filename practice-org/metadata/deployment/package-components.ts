import { ComponentError } from '../component-error.ts';
import type { Manifest } from '../manifest.ts';
import type { DeployOptions } from '../messages.ts';
import {
  childDescription,
  deploymentOrder,
  encodeName,
  fileOf,
  typeDescription,
  type ChildDescription,
  type TypeDescription,
} from '../registry.ts';
import {
  descriptionOfFile,
  nameInFile,
  readComponentFile,
  type FileComponents,
  type PackageComponent,
} from './component-file.ts';

export type PackageProblem = {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly error: ComponentError;
};
export type PackageContent = {
  readonly components: readonly PackageComponent[];
  readonly problems: readonly PackageProblem[];
};
type SelectionOptions = Pick<DeployOptions, 'allowMissingFiles' | 'autoUpdatePackage'>;

const manifestFile = 'package.xml';
/** Files beside package.xml that are no components. */
const manifests = new Set([
  manifestFile,
  'destructiveChanges.xml',
  'destructiveChangesPre.xml',
  'destructiveChangesPost.xml',
]);

/**
 * What package.xml selects from the zip. A container that is named brings everything in its file; a child that is named
 * brings only itself. What lies in the zip without being named is an error, as is what is named without lying there, unless
 * the options say otherwise.
 */
export function selectComponents(
  files: ReadonlyMap<string, string>,
  manifest: Manifest,
  options: SelectionOptions,
): PackageContent {
  const selection = new PackageSelection(files, manifest.version);
  for (const { name, members } of manifest.types) selection.selectMembers(name, members, options);
  selection.judgeRest(options);
  return selection.content();
}

class PackageSelection {
  readonly #files: ReadonlyMap<string, string>;
  readonly #version: number;
  readonly #selected = new Map<string, PackageComponent>();
  readonly #problems: PackageProblem[] = [];
  /** Files that package.xml has to do with; what cannot be read is its error. */
  readonly #read = new Map<string, FileComponents | ComponentError>();

  public constructor(files: ReadonlyMap<string, string>, version: number) {
    this.#files = files;
    this.#version = version;
  }

  public selectMembers(type: string, members: readonly string[], { allowMissingFiles }: SelectionOptions): void {
    const description = typeDescription(type);
    const child = childDescription(type);
    if (description === undefined && child === undefined) {
      this.#manifestProblem(type, `Entity type '${type}' is not implemented by the practice org`);
      return;
    }
    for (const member of members) {
      if (description !== undefined && member === '*') this.#selectAll(description);
      else if (description !== undefined && this.#selectFile(description, member)) continue;
      else if (child !== undefined && this.#selectChild(child, member)) continue;
      else if (!allowMissingFiles) this.#manifestProblem(member, notFound(type, member));
    }
  }

  public judgeRest({ autoUpdatePackage }: SelectionOptions): void {
    for (const file of this.#files.keys()) {
      if (this.#read.has(file) || manifests.has(file)) continue;
      const description = autoUpdatePackage ? descriptionOfFile(file) : undefined;
      if (description !== undefined && this.#selectFile(description, nameInFile(file, description))) continue;
      const fullName = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
      this.#problems.push({ type: '', fullName, fileName: file, error: new ComponentError('Not in package.xml') });
    }
  }

  public content(): PackageContent {
    const components = [...this.#selected.values()].toSorted(
      (one, other) => deploymentOrder(one.type) - deploymentOrder(other.type),
    );
    return { components, problems: this.#problems };
  }

  #selectAll(description: TypeDescription): void {
    for (const file of this.#files.keys()) {
      if (descriptionOfFile(file) === description) this.#selectFile(description, nameInFile(file, description));
    }
  }

  #selectFile(description: TypeDescription, fullName: string): boolean {
    const components = this.#components(description, fullName);
    if (components === undefined) return false;
    if (!(components instanceof ComponentError)) [components.own, ...components.children].forEach(this.#select);
    return true;
  }

  #selectChild({ name, parent }: ChildDescription, fullName: string): boolean {
    const components = this.#components(parent, fullName.slice(0, fullName.indexOf('.')));
    if (components === undefined) return false;
    if (components instanceof ComponentError) return true;
    const found = components.children.find((one) => one.type === name && one.fullName === fullName);
    if (found !== undefined) this.#select(found);
    return found !== undefined;
  }

  readonly #select = (component: PackageComponent): void => {
    this.#selected.set(`${component.type}:${component.fullName}`, component);
  };

  /** The components of a file, read once; undefined where the zip does not hold it. */
  #components(description: TypeDescription, fullName: string): FileComponents | ComponentError | undefined {
    const file = this.#find(description, fullName);
    const source = file === undefined ? undefined : this.#files.get(file);
    if (file === undefined || source === undefined) return undefined;
    const known = this.#read.get(file);
    if (known !== undefined) return known;
    const components = attempt(() => readComponentFile(file, source, description, this.#version));
    this.#read.set(file, components);
    if (components instanceof ComponentError) {
      const name = nameInFile(file, description);
      this.#problems.push({ type: description.name, fullName: name, fileName: file, error: components });
    }
    return components;
  }

  /** Members of package.xml may leave out the percent-encoding of a file's name. */
  #find(description: TypeDescription, fullName: string): string | undefined {
    const names = [fullName, encodeName(fullName)];
    return names.map((name) => fileOf(description, name)).find((file) => this.#files.has(file));
  }

  #manifestProblem(fullName: string, problem: string): void {
    this.#problems.push({ type: '', fullName, fileName: manifestFile, error: new ComponentError(problem) });
  }
}

function notFound(type: string, member: string): string {
  return `An object '${member}' of type ${type} was named in package.xml, but was not found in zipped directory`;
}

function attempt<Result>(work: () => Result): Result | ComponentError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ComponentError) return error;
    throw error;
  }
}
