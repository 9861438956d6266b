import { recordsWhere } from '../../dml/table-rows.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { recordTypeNamed } from './record-type.ts';
import { layoutNamed } from './layout.ts';

/** Components of types that the practice org knows only by name: profiles and permission sets refer to them. */
export type NamedComponents = ReadonlyMap<string, ReadonlySet<string>>;

/** Standard apps and tabs come with every org. */
const standardName = /^standard(__|-)/;

/** Whether the org has a component that an access element of a profile or permission set names. */
export function hasComponent(org: PracticeOrg, named: NamedComponents, type: string, name: string): boolean {
  switch (type) {
    case 'RecordType':
      return recordTypeNamed(org, name) !== undefined;
    case 'Layout':
      return layoutNamed(org, name) !== undefined;
    case 'CustomObject':
      return org.schema.object(name) !== undefined || isNamed(named, type, name);
    case 'CustomTab':
      return standardName.test(name) || org.schema.object(name) !== undefined || isNamed(named, type, name);
    case 'CustomApplication':
      return standardName.test(name) || isNamed(named, type, name);
    case 'ApexClass':
      return recordsWhere(org, 'ApexClass', { Name: name }).length > 0 || isNamed(named, type, name);
    case 'CustomPermission':
      return recordsWhere(org, 'CustomPermission', { DeveloperName: name }).length > 0 || isNamed(named, type, name);
    default:
      return isNamed(named, type, name);
  }
}

function isNamed(named: NamedComponents, type: string, name: string): boolean {
  return named.get(type)?.has(name) === true;
}
