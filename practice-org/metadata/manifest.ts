import { children, text, texts } from './document.ts';
import type { PackageMembers } from './messages.ts';
import { decodeStructure } from './structure/decode.ts';
import { grammar } from './structure/grammar.ts';
import { parseXml } from './xml/parse.ts';
import { ComponentError } from './component-error.ts';

export type Manifest = { readonly version: number; readonly types: readonly PackageMembers[] };

const latestVersion = 66;

/** package.xml or one of the destructive manifests. */
export function parseManifest(source: string): Manifest {
  const root = parseXml(source);
  if (root.name !== 'Package')
    throw new ComponentError(`Error parsing file: Unexpected element ${root.name}`, root.position);
  const document = decodeStructure(root, grammar.structure('Package'), { grammar, version: latestVersion });
  const version = Number(text(document, 'version') ?? latestVersion);
  if (!Number.isFinite(version)) throw new ComponentError('Error parsing file: Invalid version', root.position);
  return {
    version,
    types: children(document, 'types').map((types) => ({
      name: text(types, 'name') ?? '',
      members: texts(types, 'members'),
    })),
  };
}
