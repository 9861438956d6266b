import { ComponentError } from '../component-error.ts';
import { children, markPosition, positionOf, text, type Document } from '../document.ts';
import { structureOf, typeDescriptions, type TypeDescription } from '../registry.ts';
import { decodeStructure } from '../structure/decode.ts';
import { grammar } from '../structure/grammar.ts';
import { parseXml } from '../xml/parse.ts';

export type PackageComponent = {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly document: Document;
};

/** Every component of one file: the file's own and the children inside it. */
export type FileComponents = { readonly own: PackageComponent; readonly children: readonly PackageComponent[] };

export function nameInFile(file: string, description: TypeDescription): string {
  return file.slice(description.directory.length + 1, -description.suffix.length - 1);
}

export function descriptionOfFile(file: string): TypeDescription | undefined {
  return typeDescriptions.find(
    ({ directory, suffix }) =>
      file.startsWith(`${directory}/`) && file.endsWith(`.${suffix}`) && file.split('/').length === 2,
  );
}

/** Reads one file of a package; raises a ComponentError where it is not what its place says. */
export function readComponentFile(
  file: string,
  source: string,
  description: TypeDescription,
  version: number,
): FileComponents {
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

function withoutChildren(document: Document, description: TypeDescription): Document {
  const own = Object.fromEntries(Object.entries(document).filter(([element]) => !(element in description.children)));
  const position = positionOf(document);
  if (position !== undefined) markPosition(own, position);
  return own;
}

function childComponents(
  file: string,
  fullName: string,
  document: Document,
  description: TypeDescription,
): readonly PackageComponent[] {
  return Object.entries(description.children).flatMap(([element, type]) =>
    children(document, element).map((child) => {
      const name = text(child, 'fullName');
      if (name === undefined) throw new ComponentError('Required field is missing: fullName', positionOf(child));
      return { type, fullName: `${fullName}.${name}`, fileName: file, document: child };
    }),
  );
}
