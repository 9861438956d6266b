import { ComponentError } from '../component-error.ts';
import type { Position } from '../document.ts';
import { decodeText } from './entities.ts';
import { Lines } from './lines.ts';

export type XmlElement = {
  /** Local name: prefixes are dropped, as every element of a metadata document is in the one namespace. */
  readonly name: string;
  /** By their whole names, prefixes included. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data of the element itself. */
  readonly text: string;
  /** Right behind the start tag. */
  readonly position: Position;
};

type OpenElement = XmlElement & { readonly qualifiedName: string; readonly children: XmlElement[]; text: string };

/**
 * Everything that starts with "<", in order of trial: comment, CDATA section, processing instruction, tag. What is none of
 * them is not well-formed. Written for the practice org alone: the plugin reads XML by a library, so that no mistake is
 * made on both sides.
 */
const markup = new RegExp(
  [
    '<!--[^]*?-->',
    '<!\\[CDATA\\[(?<cdata>[^]*?)\\]\\]>',
    '<\\?[^]*?\\?>',
    '<(?<close>/?)(?<name>[\\p{L}_][\\p{L}\\p{N}_.:-]*)(?<attributes>(?:\\s+[\\w.:-]+\\s*=\\s*(?:"[^"<]*"|\'[^\'<]*\'))*)\\s*(?<empty>/?)>',
    '<',
  ].join('|'),
  'gu',
);
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

class Reader {
  readonly #xml: string;
  readonly #lines: Lines;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;

  public constructor(xml: string) {
    this.#xml = xml;
    this.#lines = new Lines(xml);
  }

  public read(): XmlElement {
    let end = 0;
    for (const match of this.#xml.matchAll(markup)) {
      this.#characters(end, match.index);
      end = match.index + match[0].length;
      this.#markup(match, end);
    }
    this.#characters(end, this.#xml.length);
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) throw this.#error(mustBeTerminated(unclosed), this.#xml.length);
    if (this.#root === undefined) throw this.#error('Premature end of file.', this.#xml.length);
    return this.#root;
  }

  #markup(match: RegExpMatchArray, end: number): void {
    const { cdata, close, name, attributes = '', empty } = match.groups ?? {};
    if (cdata !== undefined) this.#append(cdata, end);
    else if (match[0] === '<') throw this.#error(markupError(this.#xml.slice(match.index)), match.index ?? end);
    else if (name !== undefined && close === '/') this.#close(name, end);
    else if (name !== undefined) {
      this.#start(name, this.#attributes(attributes, end), end);
      if (empty === '/') this.#close(name, end);
    }
  }

  #attributes(source: string, end: number): Readonly<Record<string, string>> {
    const pairs = [...source.matchAll(attribute)].map(
      ([, name = '', quoted, single]) => [name, this.#decoded(quoted ?? single ?? '', end)] as const,
    );
    return Object.fromEntries(pairs);
  }

  #start(qualifiedName: string, attributes: Readonly<Record<string, string>>, end: number): void {
    if (this.#open.length === 0 && this.#root !== undefined) {
      throw this.#error('The markup in the document following the root element must be well-formed.', end);
    }
    const name = qualifiedName.slice(qualifiedName.indexOf(':') + 1);
    this.#open.push({ qualifiedName, name, attributes, children: [], text: '', position: this.#lines.at(end) });
  }

  #close(qualifiedName: string, end: number): void {
    const element = this.#open.pop();
    if (element === undefined)
      throw this.#error('The markup in the document preceding the root element must be well-formed.', end);
    if (element.qualifiedName !== qualifiedName) throw this.#error(mustBeTerminated(element), end);
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
  }

  #characters(from: number, to: number): void {
    if (from < to) this.#append(this.#decoded(this.#xml.slice(from, to), from), from);
  }

  #append(text: string, at: number): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
    else if (text.trim() !== '') throw this.#error('Content is not allowed outside of the root element.', at);
  }

  #decoded(source: string, at: number): string {
    return decodeText(source, (problem) => {
      throw this.#error(problem, at);
    });
  }

  #error(problem: string, at: number): ComponentError {
    return new ComponentError(`Error parsing file: ${problem}`, this.#lines.at(at));
  }
}

function mustBeTerminated({ qualifiedName }: OpenElement): string {
  return `The element type "${qualifiedName}" must be terminated by the matching end-tag "</${qualifiedName}>".`;
}

function markupError(rest: string): string {
  if (rest.startsWith('<!DOCTYPE')) return 'DOCTYPE is not supported';
  return 'The content of elements must consist of well-formed character data or markup.';
}

/** The root element of an XML document. Anything that is not well-formed is a ComponentError that says where. */
export function parseXml(source: string): XmlElement {
  return new Reader(source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')).read();
}
