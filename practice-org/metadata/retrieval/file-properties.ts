import type { PracticeOrg } from '../../org/practice-org.ts';
import type { ComponentRecords } from '../component-records.ts';
import type { ComponentType } from '../components/component-type.ts';
import type { FileProperties } from '../messages.ts';
import { childDescription, fileOf, typeDescription } from '../registry.ts';

export type PropertiesOptions = {
  readonly org: PracticeOrg;
  readonly records: ComponentRecords;
  readonly types: ReadonlyMap<string, ComponentType>;
  /** Folder of a retrieved package, with its slash. */
  readonly root: string;
};

/** Name, place, Id and history of one component. What came with the org belongs to its first administrator. */
export function fileProperties(type: string, fullName: string, options: PropertiesOptions): FileProperties {
  const { org, records, types, root } = options;
  const record = records.get(type, fullName);
  const beginning = new Date(0).toISOString();
  const createdById = record?.createdById ?? org.adminUserId;
  const lastModifiedById = record?.lastModifiedById ?? org.adminUserId;
  return {
    createdById,
    createdByName: userName(org, createdById),
    createdDate: record?.createdDate ?? beginning,
    fileName: root + fileNameOf(type, fullName),
    fullName,
    id: types.get(type)?.rowId?.(fullName) ?? record?.id ?? '',
    lastModifiedById,
    lastModifiedByName: userName(org, lastModifiedById),
    lastModifiedDate: record?.lastModifiedDate ?? beginning,
    manageableState: 'unmanaged',
    type,
  };
}

function userName(org: PracticeOrg, userId: string): string {
  return String(org.store.find('User', userId)?.['Name'] ?? '');
}

export function fileNameOf(type: string, fullName: string): string {
  const child = childDescription(type);
  if (child !== undefined) return fileOf(child.parent, fullName.slice(0, fullName.indexOf('.')));
  const description = typeDescription(type);
  return description === undefined ? '' : fileOf(description, fullName);
}
