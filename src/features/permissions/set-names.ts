/** Names of permission sets and groups: with the namespace of their package, "acme__API_Access", or without one. */
export function qualifiedName(name: string, namespace: string | null): string {
  return namespace === null ? name : `${namespace}__${name}`;
}

/** Salesforce stores names without the namespace: they are looked up in both ways. */
export function namesToLookUp(names: readonly string[]): readonly string[] {
  const plain = names.map((name) => name.replace(/^[A-Za-z]\w*?__(?=.)/, ''));
  return [...new Set([...names, ...plain])];
}

/** The one that has the very name; a package's is meant by a name without namespace only where there is no other. */
export function namedLike<Named extends { readonly name: string }>(
  name: string,
  candidates: readonly Named[],
): Named | undefined {
  const wanted = name.toLowerCase();
  return (
    candidates.find((candidate) => candidate.name.toLowerCase() === wanted) ??
    candidates.find((candidate) => candidate.name.toLowerCase().endsWith(`__${wanted}`))
  );
}
