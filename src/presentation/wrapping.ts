import type { Terminal } from './terminal.js';

/** Terminals break lines in the middle of words; logs and programs get each text in one line. */
export function wrapped(terminal: Terminal, text: string, { hanging = 0, offset = 0 } = {}): string {
  const { isTTY, columns } = process.stdout;
  if (!isTTY || terminal.jsonEnabled()) return text;
  return wrapText(text, columns, { hanging, offset });
}

/** `offset` columns of the first line are taken already; the following lines are indented by `hanging`. */
export function wrapText(text: string, columns: number, { hanging = 0, offset = 0 } = {}): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const used = lines.length === 0 ? offset : hanging;
    if (line === '' || used + line.length + 1 + word.length <= columns) {
      line = line === '' ? word : `${line} ${word}`;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line].join(`\n${' '.repeat(hanging)}`);
}
