/** Scripts and pictures that terminals draw in two columns (Unicode Standard Annex 11: Wide and Fullwidth). */
const wide =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
const segmenter = new Intl.Segmenter();
/** A long name is cut behind, or in front of, what separates its parts. */
const behind = new Set('_-./,:;');
const before = new Set('@(');

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return characters(text).reduce((sum, character) => sum + columnsOf(character), 0);
}

/** Words go on in the next line; a word longer than a line is cut, where its parts meet if it can be. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const extended = line === '' ? word : `${line} ${word}`;
    if (widthOf(extended) <= width) {
      line = extended;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = pieces(word, width);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return [...lines, line];
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function pieces(word: string, width: number): readonly string[] {
  const result: string[] = [];
  let rest = characters(word);
  while (widthOf(rest.join('')) > width) {
    const end = cut(rest, width);
    result.push(rest.slice(0, end).join(''));
    rest = rest.slice(end);
  }
  return [...result, rest.join('')];
}

/** How many characters go into a line: up to a separator, unless that would leave most of the line empty. */
function cut(word: readonly string[], width: number): number {
  let room = 0;
  let used = 0;
  while (room < word.length && used + columnsOf(word[room] ?? '') <= width) used += columnsOf(word[room++] ?? '');
  const longest = Math.max(1, room);
  for (let end = longest; end > longest / 2; end -= 1) {
    if (behind.has(word[end - 1] ?? '') || before.has(word[end] ?? '')) return end;
  }
  return longest;
}

function columnsOf(character: string): number {
  return wide.test(character) ? 2 : 1;
}

/** Characters as people count them. */
function characters(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
