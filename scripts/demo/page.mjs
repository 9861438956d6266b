/** How the demo writes: headings, and columns side by side. */
const bold = (text) =>
  process.stdout.isTTY && process.env.NO_COLOR === undefined ? `\u001B[1m${text}\u001B[0m` : text;

export function heading(text) {
  console.log(`\n${bold(text)}\n`);
}

export function indented(text) {
  console.log(text.replace(/^/gm, '    '));
}

export function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('   ')
      .trimEnd();
  console.log(
    [line(rows[0]), widths.map((width) => '─'.repeat(width)).join('   '), ...rows.slice(1).map(line)].join('\n'),
  );
}
