import { childTypes, fileTypes, isChildType, isFileType, splitFullName, unknownType } from './component-types.js';
import type { FileType } from './component-types.js';
import type { MetadataComponent, XmlElement } from './component.js';
import { compareText } from './order.js';
import { asList, renderXml } from './xml.js';

export type TextFile = { readonly path: string; readonly content: string };
export type NamedComponent = { readonly type: string; readonly fullName: string };
export type PackageContent = {
  readonly components: readonly MetadataComponent[];
  readonly destroy: readonly NamedComponent[];
};

/**
 * A deployment's files in metadata format, paths relative to package.xml: fields inside their object's file, rules inside
 * their object's sharing rules, and a package.xml that names rules and their SharingRules alike, as source-deploy-retrieve does.
 */
export function renderPackage(content: PackageContent, apiVersion: string): readonly TextFile[] {
  const documents = mergeDocuments(content.components);
  const files = documents.map(({ type, fullName, body }) => ({
    path: `${fileTypes[type].directory}/${encodeFileName(fullName)}.${fileTypes[type].suffix}`,
    content: renderXml(type, body),
  }));
  const manifest = { path: 'package.xml', content: renderManifest(packageMembers(content.components), apiVersion) };
  if (content.destroy.length === 0) return [manifest, ...files];
  return [
    manifest,
    { path: 'destructiveChangesPost.xml', content: renderManifest(content.destroy, apiVersion) },
    ...files,
  ];
}

type Document = { readonly type: FileType; readonly fullName: string; readonly body: XmlElement };

/** One document for each file: children are put into their parent's, sorted by name. */
function mergeDocuments(components: readonly MetadataComponent[]): readonly Document[] {
  const documents = new Map<string, Document>();
  for (const component of [...components].sort(byTypeAndName)) {
    const part = asDocument(component);
    const key = `${part.type}:${part.fullName.toLowerCase()}`;
    const earlier = documents.get(key);
    documents.set(key, earlier === undefined ? part : { ...earlier, body: mergeBodies(earlier.body, part.body) });
  }
  return [...documents.values()].map((document) => ({ ...document, body: inFileOrder(document) }));
}

function asDocument(component: MetadataComponent): Document {
  const { type, fullName, body } = component;
  if (isFileType(type)) return { type, fullName, body };
  if (!isChildType(type)) throw unknownType(component);
  const { parent, element } = childTypes[type];
  const names = splitFullName(fullName);
  return { type: parent, fullName: names.parent, body: { [element]: { fullName: names.name, ...body } } };
}

function mergeBodies(earlier: XmlElement, later: XmlElement): XmlElement {
  const merged: Record<string, XmlElement[string]> = { ...earlier };
  for (const [name, value] of Object.entries(later)) {
    const repeated = isRepeated(name) && merged[name] !== undefined;
    merged[name] = repeated ? ([...asList(merged[name]), ...asList(value)] as XmlElement[string]) : value;
  }
  return merged;
}

function isRepeated(element: string): boolean {
  return Object.values(childTypes).some((child) => child.element === element);
}

/** Elements of an object's file are alphabetical in Salesforce's schema: fields stand between the top-level ones. */
function inFileOrder({ type, body }: Document): XmlElement {
  if (type !== 'CustomObject') return body;
  return Object.fromEntries(Object.entries(body).sort(([a], [b]) => compareText(a, b)));
}

function packageMembers(components: readonly MetadataComponent[]): readonly NamedComponent[] {
  const rules = components.filter(({ type }) => type === 'SharingCriteriaRule');
  const parents = rules.map(({ fullName }) => ({ type: 'SharingRules', fullName: splitFullName(fullName).parent }));
  return [...components, ...parents];
}

function renderManifest(members: readonly NamedComponent[], apiVersion: string): string {
  const typeNames = [...new Set(members.map(({ type }) => type))].sort();
  const types = typeNames.map((name) => ({ members: fullNamesOf(members, name), name }));
  return renderXml('Package', { types, version: apiVersion });
}

function fullNamesOf(members: readonly NamedComponent[], typeName: string): readonly string[] {
  const ofType = members.filter(({ type }) => type === typeName);
  return [...new Set(ofType.map(({ fullName }) => fullName))].sort();
}

/** Names of profiles and layouts hold characters that file names cannot; Salesforce writes them percent-encoded. */
export function encodeFileName(fullName: string): string {
  return fullName.replaceAll(/[%/\\:*?"<>|]/g, encodeURIComponent).replaceAll('*', '%2A');
}

function byTypeAndName(a: NamedComponent, b: NamedComponent): number {
  return compareText(a.type, b.type) || compareText(a.fullName, b.fullName);
}
