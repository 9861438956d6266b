import type { Journal } from '../storage/journal.ts';
import type { ChildRelationship, FieldDefinition, ObjectDefinition, Schema } from './definitions.ts';

type SchemaOptions = {
  readonly objects: Iterable<ObjectDefinition>;
  readonly journal: Journal;
  /** Told when a field leaves an object, so that its values go with it. */
  readonly fieldRemoved: (object: string, field: string) => void;
};

export function createSchema({ objects, journal, fieldRemoved }: SchemaOptions): Schema {
  const definitions = new Map<string, ObjectDefinition>();
  let children: Map<string, ChildRelationship[]> | undefined;
  for (const definition of objects) definitions.set(definition.name.toLowerCase(), definition);

  function replace(name: string, next: ObjectDefinition | undefined): void {
    const key = name.toLowerCase();
    const before = definitions.get(key);
    set(key, next);
    journal.record(() => set(key, before));
  }

  function set(key: string, definition: ObjectDefinition | undefined): void {
    if (definition) definitions.set(key, definition);
    else definitions.delete(key);
    children = undefined;
  }

  function existing(name: string): ObjectDefinition {
    const found = definitions.get(name.toLowerCase());
    if (!found) throw new Error(`No object ${name}`);
    return found;
  }

  return {
    object: (name) => definitions.get(name.toLowerCase()),
    objects: () => definitions.values(),
    field: (object, field) => definitions.get(object.toLowerCase())?.fields.get(field.toLowerCase()),
    childRelationships(object) {
      children ??= collectChildRelationships(definitions.values());
      return children.get(object.toLowerCase()) ?? [];
    },
    putObject: (definition) => replace(definition.name, definition),
    removeObject: (name) => replace(name, undefined),
    putField(object, definition) {
      const owner = existing(object);
      const fields = new Map(owner.fields).set(definition.name.toLowerCase(), definition);
      replace(object, { ...owner, fields });
    },
    removeField(object, field) {
      const owner = existing(object);
      const removed = owner.fields.get(field.toLowerCase());
      if (!removed) return;
      const fields = new Map(owner.fields);
      fields.delete(field.toLowerCase());
      replace(object, { ...owner, fields });
      fieldRemoved(owner.name, removed.name);
    },
  };
}

/** References without a name for their children cannot be queried from the parent. */
function collectChildRelationships(objects: Iterable<ObjectDefinition>): Map<string, ChildRelationship[]> {
  const children = new Map<string, ChildRelationship[]>();
  for (const object of objects) {
    for (const field of object.fields.values()) {
      const relationshipName = childRelationshipName(field);
      if (relationshipName === undefined) continue;
      for (const parent of field.referenceTo) {
        const siblings = children.get(parent.toLowerCase()) ?? [];
        siblings.push({ childObject: object.name, field: field.name, relationshipName });
        children.set(parent.toLowerCase(), siblings);
      }
    }
  }
  return children;
}

/** Standard references carry the name itself; a custom one's `relationshipName` of its metadata gets the suffix __r. */
function childRelationshipName(field: FieldDefinition): string | undefined {
  const standard = field.metadata?.['childRelationshipName'];
  if (typeof standard === 'string') return standard;
  const custom = field.metadata?.['relationshipName'];
  return field.custom && typeof custom === 'string' ? `${custom}__r` : undefined;
}
