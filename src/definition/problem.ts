import { distance } from 'fastest-levenshtein';

/** Something wrong in a definition, and where: line and column count from 1. */
export type Problem = {
  readonly line: number;
  readonly column: number;
  /** "share.objects.Account.access"; empty for the document as a whole. */
  readonly path: string;
  readonly message: string;
  readonly value?: string;
  readonly suggestion?: string;
};

export type PathSegment = string | number;
export type Path = readonly PathSegment[];

export function pathText(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${String(segment)}]`;
    return text === '' ? segment : `${text}.${segment}`;
  }, '');
}

/** The candidate that was probably meant, or undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const folded = fold(word);
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(folded, fold(candidate)) }))
    .sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best !== undefined && best.edits <= Math.max(1, Math.floor(folded.length / 3)) ? best.candidate : undefined;
}

/** How a value from the file is shown in a message: on one line, and not without end. */
export function shownValue(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value ?? null);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]/g, '');
}
