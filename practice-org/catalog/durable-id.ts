import { formatId } from '../storage/record-id.ts';

/**
 * Durable ids of the metadata catalogue: a standard object or field is known by its name, a custom one by an internal Id
 * of 15 characters (Tooling API guide: "Always retrieve this value before using it").
 */
type CatalogueKeys = {
  entity(object: Named): string;
  field(object: Named, field: Named): string;
  /** Id of the CustomField or CustomObject row of the Tooling API, 18 characters. */
  customFieldId(object: Named, field: Named): string;
  customObjectId(object: Named): string;
};

type Named = { readonly name: string; readonly custom: boolean };

const numberBits = 40n;

/** FNV-1a of 64 bits, folded: the same name has the same internal Id in every run. */
function numberOf(name: string): number {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name.toLowerCase())) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return Number((hash >> numberBits) ^ BigInt.asUintN(Number(numberBits), hash));
}

/** `organizationId` gives the characters that name the instance in every Id of the org. */
export function catalogueKeys(organizationId: string): CatalogueKeys {
  const instance = organizationId.slice(3, 6);
  const customObjectId = ({ name }: Named): string => formatId({ keyPrefix: '01I', instance }, numberOf(name));
  const customFieldId = (object: Named, field: Named): string =>
    formatId({ keyPrefix: '00N', instance }, numberOf(`${object.name}.${field.name}`));
  const entity = (object: Named): string => (object.custom ? customObjectId(object).slice(0, 15) : object.name);
  return {
    customObjectId,
    customFieldId,
    entity,
    field: (object, field) =>
      `${entity(object)}.${field.custom ? customFieldId(object, field).slice(0, 15) : field.name}`,
  };
}
