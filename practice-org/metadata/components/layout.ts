import { recordsWhere, removeRow } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { ObjectDefinition } from '../../schema/definitions.ts';
import { ComponentError } from '../component-error.ts';
import type { ComponentRecords } from '../component-records.ts';
import { children, text, type Document } from '../document.ts';
import { decodeName, encodeName } from '../registry.ts';
import type { ComponentType } from './component-type.ts';
import { isRequiredOnPages, originalLayout } from './original-layout.ts';
import { outcomeOf } from './outcome.ts';
import { requirePermission } from './permissions-of-deployer.ts';

/** Page layouts, named "Object-Layout". A layout is replaced whole. A field that is new in the org is on none of them. */
export function layoutType(org: PracticeOrg, records: ComponentRecords): ComponentType {
  const type: ComponentType = {
    name: 'Layout',
    names: () => recordsWhere(org, 'Layout', {}).map(layoutName),
    rowId: (fullName) => layoutNamed(org, fullName)?.id,
    read(fullName) {
      const row = layoutNamed(org, fullName);
      const object = row === undefined ? undefined : objectOf(org, fullName);
      if (row === undefined || object === undefined) return undefined;
      return withExistingFields(object, records.get('Layout', layoutName(row))?.held ?? originalLayout(object));
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        requirePermission(org, deployment, 'CustomizeApplication');
        const object = objectOf(org, fullName);
        if (object === undefined) throw new ComponentError(`Parent entity failed to deploy: ${objectName(fullName)}`);
        checkItems(object, document);
        if (layoutNamed(org, fullName) === undefined) createRow(org, object, fullName);
        records.put('Layout', fullName, deployment.caller.userId, { held: document });
      }),
    remove(fullName) {
      const row = layoutNamed(org, fullName);
      if (row === undefined) return;
      if (recordsWhere(org, 'Layout', { TableEnumOrId: row.get('TableEnumOrId') }).length === 1) {
        throw new ComponentError('Cannot delete the only page layout of an object');
      }
      removeRow(org, 'Layout', row.id);
    },
  };
  return type;
}

function layoutName(row: StoredRecord): string {
  return `${String(row.get('TableEnumOrId'))}-${encodeName(String(row.get('Name')))}`;
}

export function layoutNamed(org: PracticeOrg, fullName: string): StoredRecord | undefined {
  return recordsWhere(org, 'Layout', { TableEnumOrId: objectName(fullName), Name: labelOf(fullName) })[0];
}

function labelOf(fullName: string): string {
  return decodeName(fullName.slice(fullName.indexOf('-') + 1));
}

function objectName(fullName: string): string {
  return fullName.slice(0, fullName.indexOf('-'));
}

function objectOf(org: PracticeOrg, fullName: string): ObjectDefinition | undefined {
  return org.schema.object(objectName(fullName));
}

function createRow(org: PracticeOrg, object: ObjectDefinition, fullName: string): void {
  insertLayoutRow(org, object, labelOf(fullName));
}

/** The layout that every object has from the start. */
export function createFirstLayout(org: PracticeOrg, object: ObjectDefinition): void {
  insertLayoutRow(org, object, `${object.label} Layout`);
}

function insertLayoutRow(org: PracticeOrg, object: ObjectDefinition, name: string): void {
  org.store.table('Layout').insert({
    Name: name,
    TableEnumOrId: object.name,
    EntityDefinitionId: object.name,
    LayoutType: 'Standard',
    ManageableState: 'unmanaged',
  });
}

function itemsOf(layout: Document): readonly Document[] {
  return children(layout, 'layoutSections')
    .flatMap((section) => children(section, 'layoutColumns'))
    .flatMap((column) => children(column, 'layoutItems'));
}

function checkItems(object: ObjectDefinition, layout: Document): void {
  const placed = new Set<string>();
  for (const item of itemsOf(layout)) {
    const name = text(item, 'field');
    if (name === undefined) continue;
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined)
      throw new ComponentError(`In field: field - no CustomField named ${object.name}.${name} found`);
    if (placed.has(field.name)) throw new ComponentError(`Duplicate layout item: ${field.name}`);
    placed.add(field.name);
  }
  const missing = [...object.fields.values()].find((field) => isRequiredOnPages(field) && !placed.has(field.name));
  if (missing !== undefined)
    throw new ComponentError(`Layout must contain an item for required layout field: ${missing.name}`);
}

/** A field that is deleted leaves every layout. */
function withExistingFields(object: ObjectDefinition, layout: Document): Document {
  const exists = (item: Document) => {
    const name = text(item, 'field');
    return name === undefined || object.fields.has(name.toLowerCase());
  };
  const sections = children(layout, 'layoutSections').map((section) => ({
    ...section,
    layoutColumns: children(section, 'layoutColumns').map((column) => ({
      ...column,
      layoutItems: children(column, 'layoutItems').filter(exists),
    })),
  }));
  return { ...layout, layoutSections: sections };
}
