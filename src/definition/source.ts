import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { definitionText } from './texts.js';
import { type Path, type Problem, shownValue } from './problem.js';

/** 1 MB: a definition of every field of every object stays far below. */
const maxBytes = 1_000_000;

/** A parsed file: its value, and where in the text each part stands. */
export type Source = {
  readonly value: unknown;
  /** Position of the value at a path; of the nearest part above it where the path leads nowhere. */
  readonly valueAt: (path: Path) => Position;
  /** Position of the key that holds the value at a path. */
  readonly keyAt: (path: Path) => Position;
  readonly problems: readonly Problem[];
};
export type Position = { readonly line: number; readonly column: number };

/** The text of the file, or what makes it unreadable. A byte order mark is left out. */
export function decodeSource(bytes: Uint8Array): string | Problem {
  const refuse = (key: string, tokens: readonly string[] = []): Problem => ({
    line: 1,
    column: 1,
    path: '',
    message: definitionText(key, tokens),
  });
  if (bytes.length > maxBytes) return refuse('problem.TooLarge', [String(bytes.length), String(maxBytes)]);
  if (looksLikeUtf16(bytes)) return refuse('problem.NotUtf8', ['UTF-16']);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ...refuse('problem.NotUtf8', [definitionText('encoding.unknown')]), ...firstInvalid(bytes) };
  }
}

/** Reads YAML 1.2 or JSON (which is YAML); all syntax errors are found at once. */
export function parseSource(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, merge: false });
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const syntax = document.errors.map((error) => ({
    ...positionOf(error.pos[0]),
    path: '',
    message: definitionText('problem.Syntax', [error.message]),
  }));
  const refused = syntax.length > 0 ? [] : refusedConstructs(document, positionOf);
  const problems = [...syntax, ...refused];
  return {
    value: problems.length > 0 ? undefined : (document.toJS() as unknown),
    valueAt: (path) => positionOf(offsetAt(document, path, 'value')),
    keyAt: (path) => positionOf(offsetAt(document, path, 'key')),
    problems,
  };
}

/** What YAML allows and a reviewed file should not hold: the reader must see what applies where it stands. */
function refusedConstructs(document: Document, positionOf: (offset: number) => Position): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (node: unknown, key: string, value: string): void => {
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    problems.push({ ...positionOf(offset), path: '', message: definitionText(key, [value]), value });
  };
  visit(document, {
    Alias: (_, node) => {
      refuse(node, 'problem.Alias', `*${node.source}`);
    },
    Node: (_, node) => {
      if (!isAlias(node) && node.anchor !== undefined) refuse(node, 'problem.Anchor', `&${node.anchor}`);
      if (node.tag !== undefined) refuse(node, 'problem.Tag', node.tag);
      if (isMap(node))
        repeatedKeys(node).forEach((key) => {
          refuse(key, 'problem.DuplicateKey', keyText(key));
        });
    },
    Pair: (_, pair) => {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string')
        refuse(pair.key, 'problem.KeyNotText', keyText(pair.key));
    },
  });
  return problems;
}

function repeatedKeys(map: YAMLMap): readonly unknown[] {
  const folded = map.items.map(({ key }) => keyText(key).toLowerCase());
  return map.items.filter((_, index) => folded.indexOf(folded[index] ?? '') !== index).map(({ key }) => key);
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : shownValue(isNode(key) ? key.toJSON() : key);
}

function offsetAt(document: Document, path: Path, part: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [depth, segment] of path.entries()) {
    const isLast = depth === path.length - 1;
    const child = childOf(node, segment);
    if (child === undefined) return offset;
    if (isPair(child)) {
      const keyOffset = isNode(child.key) ? (child.key.range?.[0] ?? offset) : offset;
      node = child.value;
      offset = (isLast && part === 'key') || !hasText(node) ? keyOffset : nodeOffset(node, keyOffset);
    } else {
      node = child;
      offset = nodeOffset(node, offset);
    }
  }
  return offset;
}

function childOf(node: unknown, segment: string | number): unknown {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
  return isSeq(node) ? node.items[Number(segment)] : undefined;
}

function nodeOffset(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}

/** A key without a value has an empty node, whose position would be the next line. */
function hasText(node: unknown): boolean {
  return !isScalar(node) || node.value !== null || node.source !== '';
}

function looksLikeUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return marked || (bytes.length > 1 && (first === 0 || second === 0));
}

function firstInvalid(bytes: Uint8Array): Position {
  const readable = new TextDecoder('utf-8').decode(bytes);
  const before = readable.slice(0, readable.indexOf('\uFFFD'));
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: before.length - lastBreak };
}
