import { SalesforceError } from '../org/errors.ts';
import type { PracticeOrg } from '../org/practice-org.ts';
import { isJsonObject } from './json-body.ts';

/** Decides, subrequest by subrequest, whether a composite may write to one more object. */
export type SetupWriteGuard = { admit(method: string, url: string, body: unknown): void };

/**
 * Two rules about setup objects in one composite:
 * - one transaction (allOrNone) holds either setup rows or data rows (Apex guide, "sObjects That Cannot Be Used Together in DML
 *   Operations");
 * - whether setup rows of several types may stand in one composite is not documented: quirk composite-setup.
 */
export function createSetupWriteGuard(org: PracticeOrg, oneTransaction: boolean): SetupWriteGuard {
  const written: { readonly name: string; readonly setup: boolean }[] = [];
  return {
    admit(method, url, body) {
      for (const name of writtenObjects(method, url, body)) {
        const definition = org.schema.object(name);
        if (definition === undefined) continue;
        const { setup } = definition;
        const opposite = oneTransaction ? written.find((object) => object.setup !== setup) : undefined;
        if (opposite !== undefined) throw mixedDml(definition.name, opposite.name);
        const other = written.find((object) => object.setup && setup && object.name !== definition.name);
        if (other !== undefined && org.settings.quirks['composite-setup'] === 'refuse') throw severalSetupTypes();
        written.push({ name: definition.name, setup });
      }
    },
  };
}

function writtenObjects(method: string, url: string, body: unknown): readonly string[] {
  if (method === 'GET') return [];
  if (/\/composite\/sobjects(?:[?]|$)/.test(url)) return collectionTypes(body);
  const object = /\/sobjects\/(\w+)/.exec(url)?.[1];
  return object === undefined ? [] : [object];
}

function collectionTypes(body: unknown): readonly string[] {
  const records: readonly unknown[] = isJsonObject(body) && Array.isArray(body['records']) ? body['records'] : [];
  return records
    .filter(isJsonObject)
    .map((record) => record['attributes'])
    .filter(isJsonObject)
    .map((attributes) => String(attributes['type']));
}

function mixedDml(object: string, original: string): SalesforceError {
  return new SalesforceError(
    'MIXED_DML_OPERATION',
    `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${object}, original object: ${original}`,
  );
}

function severalSetupTypes(): SalesforceError {
  return new SalesforceError(
    'INVALID_OPERATION',
    "You can't create records for multiple object types in one call when one of the types is related to an area in the Setup menu.",
  );
}
