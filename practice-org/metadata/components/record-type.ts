import { recordsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { reference } from '../../schema/notation.ts';
import { ComponentError } from '../component-error.ts';
import type { ComponentRecords } from '../component-records.ts';
import { compact, flag, positionOf, text, type Document } from '../document.ts';
import type { ComponentType } from './component-type.ts';
import { outcomeOf, systemCaller } from './outcome.ts';
import { requirePermission } from './permissions-of-deployer.ts';

const maximumLabel = 80;
const inRow = new Set(['fullName', 'label', 'description', 'active']);

export function recordTypeNamed(org: PracticeOrg, fullName: string): StoredRecord | undefined {
  const dot = fullName.indexOf('.');
  return recordsWhere(org, 'RecordType', {
    SobjectType: fullName.slice(0, dot),
    DeveloperName: fullName.slice(dot + 1),
  })[0];
}

export function recordTypeType(org: PracticeOrg, records: ComponentRecords): ComponentType {
  const type: ComponentType = {
    name: 'RecordType',
    names: () =>
      recordsWhere(org, 'RecordType', {}).map(
        (row) => `${String(row.get('SobjectType'))}.${String(row.get('DeveloperName'))}`,
      ),
    rowId: (fullName) => recordTypeNamed(org, fullName)?.id,
    read(fullName) {
      const row = recordTypeNamed(org, fullName);
      if (row === undefined) return undefined;
      return compact({
        ...records.held('RecordType', fullName),
        fullName: String(row.get('DeveloperName')),
        active: row.get('IsActive') === true,
        description: row.get('Description'),
        label: row.get('Name'),
      });
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        requirePermission(org, deployment, 'CustomizeApplication');
        const values = {
          Name: text(document, 'label') ?? null,
          IsActive: flag(document, 'active') ?? true,
          Description: text(document, 'description') ?? null,
        };
        if (String(values.Name).length > maximumLabel) {
          throw new ComponentError(
            `Value too long for field: label maximum length is:${maximumLabel}`,
            positionOf(document),
          );
        }
        const held: Document = Object.fromEntries(Object.entries(document).filter(([element]) => !inRow.has(element)));
        records.put('RecordType', fullName, deployment.caller.userId, { held });
        const row = recordTypeNamed(org, fullName);
        if (row !== undefined) org.dml.update(systemCaller(deployment), 'RecordType', row.id, values);
        else createRecordType(org, fullName, values);
      }),
    remove() {
      throw new ComponentError('Cannot delete record type through API');
    },
  };
  return type;
}

type Row = Readonly<Record<string, string | boolean | null>>;

/** With its first record type an object gets the field that names it. */
function createRecordType(org: PracticeOrg, fullName: string, values: Row): void {
  const dot = fullName.indexOf('.');
  const object = org.schema.object(fullName.slice(0, dot));
  if (object === undefined)
    throw new ComponentError(`In field: sobjectType - no CustomObject named ${fullName.slice(0, dot)} found`);
  if (!object.fields.has('recordtypeid')) {
    org.schema.putField(
      object.name,
      reference('RecordTypeId', 'RecordType', undefined, { label: 'Record Type ID', permissionable: false }),
    );
  }
  org.store.table('RecordType').insert({ ...values, SobjectType: object.name, DeveloperName: fullName.slice(dot + 1) });
}
