import { childTypes, fileTypes, isChildType, isFileType, splitFullName, unknownType } from './component-types.js';
import type { MetadataComponent, XmlElement } from './component.js';
import { encodeFileName } from './package.js';

/** A component's document in source format, as it stands in a DX project. */
export type SourceDocument = {
  /** Relative to the folder that holds objects/, sharingRules/ and the others. */
  readonly path: string;
  readonly root: string;
  readonly body: XmlElement;
};

/** A field has a file of its own; a rule stands in its object's sharing rules. */
export function toSourceDocument(component: MetadataComponent): SourceDocument {
  const { type, fullName, body } = component;
  if (type === 'CustomField') return fieldDocument(fullName, body);
  if (type === 'CustomObject') return { path: objectPath(fullName, `${fullName}.object`), root: type, body };
  if (isFileType(type)) return { path: filePath(type, fullName), root: type, body };
  if (!isChildType(type)) throw unknownType(component);
  const { parent, element } = childTypes[type];
  const names = splitFullName(fullName);
  const child = { [element]: [{ fullName: names.name, ...body }] };
  return { path: filePath(parent, names.parent), root: parent, body: child };
}

function fieldDocument(fullName: string, body: XmlElement): SourceDocument {
  const { parent, name } = splitFullName(fullName);
  return {
    path: objectPath(parent, `fields/${name}.field`),
    root: 'CustomField',
    body: { fullName: name, ...body },
  };
}

function objectPath(object: string, file: string): string {
  return `objects/${object}/${file}-meta.xml`;
}

function filePath(type: keyof typeof fileTypes, fullName: string): string {
  const { directory, suffix } = fileTypes[type];
  return `${directory}/${encodeFileName(fullName)}.${suffix}-meta.xml`;
}
