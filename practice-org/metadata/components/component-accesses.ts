import { ComponentError } from '../component-error.ts';
import { children, text, type Document } from '../document.ts';

/** Access to components that carries no rows: kept in the document, checked against what the org has. */
type AccessElement = { readonly key: string; readonly type: string };

const shared = {
  applicationVisibilities: { key: 'application', type: 'CustomApplication' },
  classAccesses: { key: 'apexClass', type: 'ApexClass' },
  customMetadataTypeAccesses: { key: 'name', type: 'CustomObject' },
  customPermissions: { key: 'name', type: 'CustomPermission' },
  customSettingAccesses: { key: 'name', type: 'CustomObject' },
  externalDataSourceAccesses: { key: 'externalDataSource', type: 'ExternalDataSource' },
  flowAccesses: { key: 'flow', type: 'Flow' },
  pageAccesses: { key: 'apexPage', type: 'ApexPage' },
  recordTypeVisibilities: { key: 'recordType', type: 'RecordType' },
} as const satisfies Readonly<Record<string, AccessElement>>;

export const permissionSetAccesses: Readonly<Record<string, AccessElement>> = {
  ...shared,
  externalCredentialPrincipalAccesses: { key: 'externalCredentialPrincipal', type: 'ExternalCredential' },
  tabSettings: { key: 'tab', type: 'CustomTab' },
};

export const profileAccesses: Readonly<Record<string, AccessElement>> = {
  ...shared,
  layoutAssignments: { key: 'layout', type: 'Layout' },
  tabVisibilities: { key: 'tab', type: 'CustomTab' },
};

export type HasComponent = (type: string, name: string) => boolean;

/** The access elements of a document, each list in the order of its keys. */
export function checkedAccesses(
  document: Document,
  accesses: Readonly<Record<string, AccessElement>>,
  has: HasComponent,
): Document {
  const checked: Record<string, readonly Document[]> = {};
  for (const [element, { key, type }] of Object.entries(accesses)) {
    const items = children(document, element);
    for (const item of items) {
      for (const [field, referenced] of [
        [key, type],
        ['recordType', 'RecordType'],
      ] as const) {
        const name = text(item, field);
        if (name === undefined || has(referenced, name)) continue;
        throw new ComponentError(`In field: ${field} - no ${referenced} named ${name} found`);
      }
    }
    if (items.length > 0) checked[element] = inOrder(items, key);
  }
  return checked;
}

/** A profile's document adds to what the profile has: an item replaces the one about the same component. */
export function mergedAccesses(
  before: Document,
  after: Document,
  accesses: Readonly<Record<string, AccessElement>>,
): Document {
  const merged: Record<string, readonly Document[]> = {};
  for (const [element, { key }] of Object.entries(accesses)) {
    const items = new Map(
      [...children(before, element), ...children(after, element)].map((item) => [identity(element, key, item), item]),
    );
    if (items.size > 0) merged[element] = inOrder([...items.values()], key);
  }
  return merged;
}

/** An object has one layout assignment for every record type. */
function identity(element: string, key: string, item: Document): string {
  const name = text(item, key) ?? '';
  return element === 'layoutAssignments'
    ? `${name.slice(0, name.indexOf('-'))}|${text(item, 'recordType') ?? ''}`
    : name;
}

function inOrder(items: readonly Document[], key: string): readonly Document[] {
  const sortKey = (item: Document) => `${text(item, key) ?? ''}|${text(item, 'recordType') ?? ''}`;
  return items.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}
