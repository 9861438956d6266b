import type { DeployOptions, ListMetadataQuery, PackageMembers, RetrieveRequest } from '../metadata/messages.ts';
import type { XmlElement } from '../metadata/xml/parse.ts';
import { childNamed } from './envelope.ts';

export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childNamed(element, name)?.text.trim();
}

export function textsOf(element: XmlElement | undefined, name: string): readonly string[] {
  return (element?.children ?? []).filter((child) => child.name === name).map((child) => child.text.trim());
}

export function flagOf(element: XmlElement | undefined, name: string): boolean | undefined {
  const word = textOf(element, name);
  return word === undefined ? undefined : word === 'true' || word === '1';
}

export function deployOptionsOf(element: XmlElement | undefined): DeployOptions {
  const flag = (name: string) => flagOf(element, name) ?? false;
  return {
    allowMissingFiles: flag('allowMissingFiles'),
    autoUpdatePackage: flag('autoUpdatePackage'),
    checkOnly: flag('checkOnly'),
    ignoreWarnings: flag('ignoreWarnings'),
    performRetrieve: flag('performRetrieve'),
    purgeOnDelete: flag('purgeOnDelete'),
    rollbackOnError: flag('rollbackOnError'),
    runTests: textsOf(element, 'runTests'),
    singlePackage: flag('singlePackage'),
    testLevel: textOf(element, 'testLevel') ?? null,
  };
}

/** Clients name the one parameter `request` or, as the WSDL has it, `retrieveRequest`. */
export function retrieveRequestOf(operation: XmlElement, pathVersion: number): RetrieveRequest {
  const request = childNamed(operation, 'retrieveRequest') ?? childNamed(operation, 'request');
  const unpackaged = childNamed(request, 'unpackaged');
  const version = textOf(unpackaged, 'version') ?? textOf(request, 'apiVersion');
  return {
    apiVersion: version === undefined ? pathVersion : Number(version),
    types: (unpackaged?.children ?? []).filter((child) => child.name === 'types').map(packageMembersOf),
  };
}

function packageMembersOf(types: XmlElement): PackageMembers {
  return { name: textOf(types, 'name') ?? '', members: textsOf(types, 'members') };
}

export function listQueriesOf(operation: XmlElement): readonly ListMetadataQuery[] {
  return operation.children
    .filter((child) => child.name === 'queries')
    .map((query) => {
      const folder = textOf(query, 'folder');
      return { type: textOf(query, 'type') ?? '', ...(folder === undefined ? {} : { folder }) };
    });
}
