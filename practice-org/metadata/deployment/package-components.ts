import { ComponentError } from '../component-error.ts';
import { children, markPosition, positionOf, text, type Document } from '../document.ts';
import type { Manifest } from '../manifest.ts';
import type { DeployOptions } from '../messages.ts';
import {
  childDescription,
  deploymentOrder,
  encodeName,
  fileOf,
  structureOf,
  typeDescription,
  typeDescriptions,
  type TypeDescription,
} from '../registry.ts';
import { decodeStructure } from '../structure/decode.ts';
import { grammar } from '../structure/grammar.ts';
import { parseXml } from '../xml/parse.ts';

export type PackageComponent = {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly document: Document;
};
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

const manifestFile = 'package.xml';
/** Files beside package.xml that are no components. */
const manifests = new Set([
  manifestFile,
  'destructiveChanges.xml',
  'destructiveChangesPre.xml',
  'destructiveChangesPost.xml',
]);

/** Every component of one file: the file's own and the children inside it. */
type FileComponents = { readonly own: PackageComponent; readonly children: readonly PackageComponent[] };

function withoutChildren(document: Document, description: TypeDescription): Document {
  const own = Object.fromEntries(Object.entries(document).filter(([element]) => !(element in description.children)));
  const position = positionOf(document);
  if (position !== undefined) markPosition(own, position);
  return own;
}

function childComponents(file: string, fullName: string, document: Document, description: TypeDescription) {
  return Object.entries(description.children).flatMap(([element, type]) =>
    children(document, element).map((child) => {
      const name = text(child, 'fullName');
      if (name === undefined) throw new ComponentError('Required field is missing: fullName', positionOf(child));
      return { type, fullName: `${fullName}.${name}`, fileName: file, document: child };
    }),
  );
}

function decodeFile(file: string, source: string, description: TypeDescription, version: number): FileComponents {
  const fullName = nameInFile(file, description);
  const structure = structureOf(description.name, fullName);
  if (!grammar.has(structure)) throw new ComponentError(`${structure} is not implemented by the practice org`);
  const root = parseXml(source);
  if (root.name !== structure) {
    throw new ComponentError(
      `Error parsing file: Unexpected element ${root.name}, expected ${structure}`,
      root.position,
    );
  }
  const document = decodeStructure(root, grammar.structure(structure), { grammar, version });
  return {
    own: { type: description.name, fullName, fileName: file, document: withoutChildren(document, description) },
    children: childComponents(file, fullName, document, description),
  };
}

function nameInFile(file: string, description: TypeDescription): string {
  return file.slice(description.directory.length + 1, -description.suffix.length - 1);
}

function descriptionOfFile(file: string): TypeDescription | undefined {
  return typeDescriptions.find(
    ({ directory, suffix }) =>
      file.startsWith(`${directory}/`) && file.endsWith(`.${suffix}`) && file.split('/').length === 2,
  );
}

/**
 * What package.xml selects from the zip. A container that is named brings everything in its file; a child that is named
 * brings only itself. What lies in the zip without being named is an error, as is what is named without lying there, unless
 * the options say otherwise.
 */
export function selectComponents(
  files: ReadonlyMap<string, string>,
  manifest: Manifest,
  options: Pick<DeployOptions, 'allowMissingFiles' | 'autoUpdatePackage'>,
): PackageContent {
  const selected = new Map<string, PackageComponent>();
  const problems: PackageProblem[] = [];
  const decoded = new Map<string, FileComponents | ComponentError>();
  const used = new Set<string>();

  function fileComponents(file: string, description: TypeDescription): FileComponents | ComponentError | undefined {
    const source = files.get(file);
    if (source === undefined) return undefined;
    let result = decoded.get(file);
    if (result === undefined) {
      result = attempt(() => decodeFile(file, source, description, manifest.version));
      decoded.set(file, result);
      if (result instanceof ComponentError) {
        problems.push({
          type: description.name,
          fullName: nameInFile(file, description),
          fileName: file,
          error: result,
        });
      }
    }
    return result;
  }

  function select(component: PackageComponent): void {
    selected.set(`${component.type}:${component.fullName}`, component);
  }

  function selectOwn(description: TypeDescription, fullName: string): boolean {
    const file = findFile(files, description, fullName);
    const components = file === undefined ? undefined : fileComponents(file, description);
    if (file === undefined || components === undefined) return false;
    used.add(file);
    if (!(components instanceof ComponentError)) [components.own, ...components.children].forEach(select);
    return true;
  }

  function selectChild(type: string, fullName: string): boolean {
    const child = childDescription(type);
    const dot = fullName.indexOf('.');
    if (child === undefined || dot < 0) return false;
    const file = findFile(files, child.parent, fullName.slice(0, dot));
    const components = file === undefined ? undefined : fileComponents(file, child.parent);
    if (file === undefined || components === undefined) return false;
    used.add(file);
    if (components instanceof ComponentError) return true;
    const found = components.children.find((one) => one.type === type && one.fullName === fullName);
    if (found !== undefined) select(found);
    return found !== undefined;
  }

  function selectAll(description: TypeDescription): void {
    for (const file of files.keys()) {
      if (descriptionOfFile(file) === description) selectOwn(description, nameInFile(file, description));
    }
  }

  for (const { name, members } of manifest.types) {
    const description = typeDescription(name);
    if (description === undefined && childDescription(name) === undefined) {
      problems.push(manifestProblem('', name, `Entity type '${name}' is not implemented by the practice org`));
      continue;
    }
    for (const member of members) {
      if (description !== undefined && member === '*') selectAll(description);
      else if (description === undefined ? selectChild(name, member) : selectOwn(description, member)) continue;
      else if (!options.allowMissingFiles) {
        const problem = `An object '${member}' of type ${name} was named in package.xml, but was not found in zipped directory`;
        problems.push(manifestProblem('', member, problem));
      }
    }
  }
  for (const file of files.keys()) {
    if (used.has(file) || manifests.has(file)) continue;
    const description = options.autoUpdatePackage ? descriptionOfFile(file) : undefined;
    if (description !== undefined && selectOwn(description, nameInFile(file, description))) continue;
    const fullName = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
    problems.push({ type: '', fullName, fileName: file, error: new ComponentError('Not in package.xml') });
  }
  const components = [...selected.values()].sort(
    (one, other) => deploymentOrder(one.type) - deploymentOrder(other.type),
  );
  return { components, problems };
}

/** Members of package.xml may leave out the percent-encoding of a file's name. */
function findFile(
  files: ReadonlyMap<string, string>,
  description: TypeDescription,
  fullName: string,
): string | undefined {
  return [fileOf(description, fullName), fileOf(description, encodeName(fullName))].find((file) => files.has(file));
}

function manifestProblem(type: string, fullName: string, problem: string): PackageProblem {
  return { type, fullName, fileName: manifestFile, error: new ComponentError(problem) };
}

function attempt<Result>(work: () => Result): Result | ComponentError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ComponentError) return error;
    throw error;
  }
}
