/** Completes the definition that init wrote, as an admin does in an editor; comments and order stay. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

export function complete(path, additions) {
  const document = parseDocument(readFileSync(path, 'utf8'));
  for (const [keys, value] of additions) document.setIn(keys, value);
  writeFileSync(path, document.toString({ lineWidth: 0 }));
}

/** Without the comments, which are for the person who edits the file. */
export function withoutComments(path) {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#')).join('\n');
}
