import type { Caller, FilterHints, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { Value } from '../storage/table.ts';
import { catalogueKeys } from './durable-id.ts';

export type CataloguedField = { readonly object: ObjectDefinition; readonly field: FieldDefinition };

/** With View Setup one sees the whole catalogue; others see what they may read. */
function seesAll({ access }: PracticeOrg, caller: Caller): boolean {
  return caller.system === true || access.systemPermission(caller.userId, 'ViewSetup');
}

export function cataloguedObjects(org: PracticeOrg, caller: Caller): readonly ObjectDefinition[] {
  const all = [...org.schema.objects()];
  if (seesAll(org, caller)) return all;
  return all.filter((object) => org.access.objectAccess(caller.userId, object.name).read);
}

/** Fields of the objects that the filter names; the query engine has made sure that it names some. */
export function cataloguedFields(org: PracticeOrg, caller: Caller, hints: FilterHints): readonly CataloguedField[] {
  const isWanted = objectFilter(org, hints);
  const all = cataloguedObjects(org, caller)
    .filter(isWanted)
    .flatMap((object) => [...object.fields.values()].map((field) => ({ object, field })));
  if (seesAll(org, caller)) return all;
  return all.filter(({ object, field }) => org.access.fieldAccess(caller.userId, object.name, field.name).read);
}

function objectFilter(org: PracticeOrg, hints: FilterHints): (object: ObjectDefinition) => boolean {
  const keys = catalogueKeys(org.organizationId);
  const byId = folded(hints.get('EntityDefinitionId') ?? hints.get('EntityDefinition.DurableId'));
  const byName = folded(hints.get('EntityDefinition.QualifiedApiName'));
  const byField = folded(hints.get('DurableId') ?? hints.get('FieldDefinitionId'), (id) => id.split('.')[0] ?? id);
  return (object) =>
    (byId?.has(keys.entity(object).toLowerCase()) ?? true) &&
    (byName?.has(object.name.toLowerCase()) ?? true) &&
    (byField?.has(keys.entity(object).toLowerCase()) ?? true);
}

function folded(values: readonly Value[] | undefined, part = (text: string) => text): ReadonlySet<string> | undefined {
  return values && new Set(values.map((value) => part(String(value)).toLowerCase()));
}

/** A custom name without its suffix. */
export function developerName(name: string): string {
  return name.replace(/__(?:c|pc|mdt|e|b|x|kav)$/, '');
}
