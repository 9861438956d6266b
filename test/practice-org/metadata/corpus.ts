import { readdirSync, readFileSync } from 'node:fs';
import { parseXml, type XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { referencePath } from '../../support/reference-data.ts';

/** A file of a real org: `owner__Name.suffix`. */
export type CorpusFile = {
  readonly file: string;
  readonly name: string;
  readonly xml: string;
  readonly root: XmlElement;
};

export function corpus(folder: string): readonly CorpusFile[] {
  const path = referencePath('corpus', folder);
  if (path === undefined) return [];
  return readdirSync(path).map((file) => {
    const xml = readFileSync(`${path}/${file}`, 'utf8');
    const name = file.replace(/^.*?__/, '').replace(/\.[A-Za-z-]+(-meta\.xml)?$/, '');
    return { file, name, xml, root: parseXml(xml) };
  });
}

export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

export function textNamed(element: XmlElement | undefined, name: string): string {
  return childNamed(element, name)?.text.trim() ?? '';
}

export function elementsNamed(root: XmlElement, name: string): readonly XmlElement[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsNamed(child, name)]);
}

export function textsNamed(root: XmlElement, name: string): readonly string[] {
  return [...new Set(elementsNamed(root, name).map((element) => element.text.trim()))];
}

/** An element by what it means: its children in any order. */
export function meaning(element: XmlElement): readonly string[] {
  return element.children.map((child) => JSON.stringify(normalise(child))).toSorted();
}

function normalise(element: XmlElement): unknown {
  if (element.children.length === 0) return [element.name, element.text.trim()];
  return [element.name, element.children.map((child) => JSON.stringify(normalise(child))).toSorted()];
}
