import type { MetadataComponent, XmlElement, XmlValue } from './component.js';
import { mergeLayout } from './layout-merge.js';
import { compareText } from './order.js';
import { toSourceDocument } from './source-format.js';
import {
  applyEdits,
  editable,
  fillEmpty,
  insertAfter,
  insertBefore,
  replaceChild,
  type Edit,
  type EditableDocument,
} from './text-edit.js';
import { asList, parseXml, renderXml, type ParsedChild, type XmlItem } from './xml.js';

/** Elements that occur many times, and by what one of them is told from another. */
const identities: Readonly<Record<string, string>> = {
  'SharingRules.sharingCriteriaRules': 'fullName',
  'PermissionSet.objectPermissions': 'object',
  'PermissionSet.fieldPermissions': 'field',
  'PermissionSet.userPermissions': 'name',
  'Profile.fieldPermissions': 'field',
};

/**
 * The text of a component's file in a DX project with the component in it. What the file holds beyond that stays as it is,
 * byte for byte; a file that already says the same comes back unchanged. `existing` null: the file does not exist yet.
 */
export function mergeIntoSource(existing: string | null, component: MetadataComponent): string {
  const { root, body, path } = toSourceDocument(component);
  if (existing === null) return renderXml(root, body);
  const found = parseXml(existing).root;
  if (found !== root) throw new SyntaxError(`${path} holds another kind of document: ${found}`);
  if (root === 'Layout') return mergeLayout(existing, body);
  const document = editable(existing);
  return applyEdits(
    existing,
    document.children.length === 0 ? [fillEmpty(document, itemsOf(body))] : edits(document, body),
  );
}

function itemsOf(body: XmlElement): ReadonlyArray<readonly [string, XmlItem]> {
  return Object.entries(body).flatMap(([name, value]) => asList(value).map((item) => [name, item] as const));
}

function edits(document: EditableDocument, body: XmlElement): readonly Edit[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const identity = identities[`${document.root}.${name}`];
    return identity === undefined ? mergeWhole(document, name, value) : mergeItems(document, name, value, identity);
  });
}

/** An element that occurs once: replaced where it says something else. Lists that people ordered are left alone. */
function mergeWhole(document: EditableDocument, name: string, value: XmlValue | undefined): readonly Edit[] {
  const items = asList(value);
  const present = childrenNamed(document, name);
  if (present.length === 0) return items.map((item) => insertInOrder(document, name, item));
  const [item] = items;
  const [child] = present;
  const isSingle = items.length === 1 && present.length === 1 && item !== undefined && child !== undefined;
  return isSingle && !sameMeaning(item, child.value) ? [replaceChild(document, child, item)] : [];
}

function mergeItems(
  document: EditableDocument,
  name: string,
  value: XmlValue | undefined,
  identity: string,
): readonly Edit[] {
  const siblings = childrenNamed(document, name).map((child) => ({ child, key: identityOf(child.value, identity) }));
  return asList(value).flatMap((item) => {
    const key = identityOf(item, identity);
    const present = siblings.find((sibling) => sibling.key.toLowerCase() === key.toLowerCase());
    if (present !== undefined) {
      return sameMeaning(item, present.child.value) ? [] : [replaceChild(document, present.child, item)];
    }
    const following = siblings.findIndex((sibling) => compareText(sibling.key, key) > 0);
    const previous = following === -1 ? siblings.at(-1) : siblings[following - 1];
    if (previous !== undefined) return [insertAfter(document, previous.child, name, item)];
    const [first] = siblings;
    return [
      first === undefined ? insertInOrder(document, name, item) : insertBefore(document, first.child, name, item),
    ];
  });
}

/** Where the alphabetical order of Salesforce's documents puts it; `fullName` always stands first. */
function insertInOrder(document: EditableDocument, name: string, item: XmlItem): Edit {
  const { children } = document;
  const next = children.findIndex((child) => child.name !== 'fullName' && compareText(child.name, name) > 0);
  const previous = next === -1 ? children.at(-1) : children[next - 1];
  if (previous !== undefined) return insertAfter(document, previous, name, item);
  const [first] = children;
  return first === undefined ? fillEmpty(document, [[name, item]]) : insertBefore(document, first, name, item);
}

function childrenNamed(document: EditableDocument, name: string): readonly ParsedChild[] {
  return document.children.filter((child) => child.name === name);
}

function identityOf(value: XmlValue, identity: string): string {
  const [item] = asList(value);
  const [text] = isElement(item) ? asList(item[identity]) : [];
  return text === undefined || isElement(text) ? '' : String(text);
}

/** Compares what is said, not how: `true` is "true", one item is a list of one, absent is absent. */
function sameMeaning(one: XmlValue | undefined, other: XmlValue | undefined): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: XmlValue | undefined): string {
  return JSON.stringify(asList(value).map((item) => (isElement(item) ? canonicalElement(item) : String(item))));
}

function canonicalElement(element: XmlElement): ReadonlyArray<readonly [string, string]> {
  return Object.entries(element)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, canonical(value)] as const)
    .sort(([a], [b]) => compareText(a, b));
}

function isElement(item: XmlItem | undefined): item is XmlElement {
  return typeof item === 'object';
}
