const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const reference = /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));|&/g;
const highestCodePoint = 0x10ffff;

/** Character data with its references resolved; `fail` is told of one that XML does not define. */
export function decodeText(source: string, fail: (problem: string) => never): string {
  if (!source.includes('&')) return source;
  return source.replace(reference, (_whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (decimal !== undefined) return character(Number(decimal), fail);
    if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16), fail);
    if (name === undefined) return fail("The entity name must immediately follow the '&' in the entity reference.");
    return named[name] ?? fail(`The entity "${name}" was referenced, but not declared.`);
  });
}

function character(codePoint: number, fail: (problem: string) => never): string {
  if (codePoint === 0 || codePoint > highestCodePoint) return fail('Character reference is an invalid XML character.');
  return String.fromCodePoint(codePoint);
}
