import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import { ComponentError } from './component-error.ts';
import type { ComponentRecords } from './component-records.ts';
import { deployComponent } from './components/deploy-component.ts';
import { everything, type ComponentType, type Deployment, type Outcome } from './components/component-type.ts';
import { createSharingPlan } from './components/sharing-plan.ts';
import { children, flag, text, type Document } from './document.ts';
import type { SaveError, SaveRequest, SaveResult } from './messages.ts';
import { typeDescription } from './registry.ts';

/** createMetadata, updateMetadata, upsertMetadata and deleteMetadata: components one by one, without a package. */
export type SaveSurroundings = {
  readonly org: PracticeOrg;
  readonly records: ComponentRecords;
  readonly types: ReadonlyMap<string, ComponentType>;
  readonly caller: Caller;
  /** One failure undoes everything (AllOrNoneHeader). */
  readonly allOrNone: boolean;
};

export function saveOneByOne(
  surroundings: SaveSurroundings,
  type: string,
  mode: SaveRequest['mode'],
  documents: readonly Document[],
): readonly SaveResult[] {
  return oneByOne(surroundings, documents, (document) => {
    const fullName = text(document, 'fullName') ?? '';
    return resultOf(fullName, () => {
      const existed = existing(surroundings, type, fullName) !== undefined;
      if (mode === 'create' && existed) throw duplicateName(type, fullName);
      if (mode === 'update' && !existed) throw notFound(type, fullName);
      const written = type === 'Profile' && existed ? asProfileUpdate(surroundings, fullName, document) : document;
      const outcome = save(surroundings, type, fullName, written);
      return mode === 'upsert' ? { created: outcome === 'created' } : {};
    });
  });
}

export function deleteOneByOne(
  surroundings: SaveSurroundings,
  type: string,
  fullNames: readonly string[],
): readonly SaveResult[] {
  return oneByOne(surroundings, fullNames, (fullName) =>
    resultOf(fullName, () => {
      if (existing(surroundings, type, fullName) === undefined) throw notFound(type, fullName);
      surroundings.org.store.transaction(() => {
        surroundings.types.get(type)?.remove(fullName, newDeployment(surroundings));
        surroundings.records.remove(type, fullName);
      });
      return {};
    }),
  );
}

/** Leaves the transaction of a call of which nothing may stay. */
class RollBack extends Error {}

const rolledBack: SaveError = {
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
};

function oneByOne<Item>(
  { org, allOrNone }: SaveSurroundings,
  items: readonly Item[],
  work: (item: Item) => SaveResult,
): readonly SaveResult[] {
  let results: readonly SaveResult[] = [];
  try {
    org.store.transaction(() => {
      results = items.map(work);
      if (allOrNone && results.some((result) => !result.success)) throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
    return results.map((result) =>
      result.success ? { ...result, success: false, created: false, errors: [rolledBack] } : result,
    );
  }
  return results;
}

function resultOf(fullName: string, work: () => Pick<SaveResult, 'created'>): SaveResult {
  try {
    return { fullName, success: true, errors: [], ...work() };
  } catch (error) {
    return { fullName, success: false, errors: [saveError(error)] };
  }
}

function saveError(error: unknown): SaveError {
  if (error instanceof SalesforceError) return { message: error.message, statusCode: error.errorCode };
  if (error instanceof ComponentError) return { message: error.message, statusCode: 'FIELD_INTEGRITY_EXCEPTION' };
  throw error;
}

function duplicateName(type: string, fullName: string): SalesforceError {
  return new SalesforceError('DUPLICATE_DEVELOPER_NAME', `There is already a ${type} named ${fullName}`);
}

function notFound(type: string, fullName: string): SalesforceError {
  return new SalesforceError('INVALID_CROSS_REFERENCE_KEY', `No ${type} named: ${fullName} found`);
}

function newDeployment({ org, caller }: SaveSurroundings): Deployment {
  return { caller, version: caller.apiVersion, checkOnly: false, sharing: createSharingPlan(org, false) };
}

function existing(surroundings: SaveSurroundings, type: string, fullName: string): Document | undefined {
  return surroundings.types.get(type)?.read(fullName, everything(surroundings.caller.apiVersion));
}

function save(surroundings: SaveSurroundings, type: string, fullName: string, document: Document): Outcome {
  const { org, types, records, caller } = surroundings;
  const description = typeDescription(type);
  const handler = types.get(type);
  if (handler === undefined) throw notFound(type, fullName);
  const work = (): Outcome => {
    const deployment = newDeployment(surroundings);
    const outcome = deployComponent(handler, fullName, ownElements(document, type), deployment);
    const models = deployment.sharing.changedModels();
    if (models.size > 0) org.sharing.setModels(models);
    for (const [element, childType] of Object.entries(description?.children ?? {})) {
      for (const child of children(document, element)) {
        const childHandler = types.get(childType);
        if (childHandler === undefined) throw new Error(`No component type ${childType}`);
        deployComponent(childHandler, `${fullName}.${text(child, 'fullName') ?? ''}`, child, deployment);
      }
    }
    records.put(type, fullName, caller.userId, { deployed: null });
    return outcome;
  };
  return org.sharing.together(() => org.store.transaction(work));
}

/**
 * An update of a profile outside a package is no merge (apex-mdapi#99, #221): fields of an object that it names one field of
 * lose their security, and a grant is not taken back.
 */
function asProfileUpdate(surroundings: SaveSurroundings, fullName: string, document: Document): Document {
  const given = children(document, 'fieldPermissions');
  const named = new Set(given.map((element) => text(element, 'field') ?? ''));
  const objects = new Set([...named].map((field) => field.slice(0, field.indexOf('.'))));
  const current = children(existing(surroundings, 'Profile', fullName) ?? {}, 'fieldPermissions');
  const reset = current
    .map((element) => text(element, 'field') ?? '')
    .filter((field) => objects.has(field.slice(0, field.indexOf('.'))) && !named.has(field))
    .map((field) => ({ editable: false, field, readable: false }));
  const granted = given.filter((element) => flag(element, 'readable') === true || flag(element, 'editable') === true);
  return { ...document, fieldPermissions: [...granted, ...reset] };
}

/** A component of its own is named by its full path; inside its container it has its short name. */
function ownElements(document: Document, type: string): Document {
  const elements = Object.keys(typeDescription(type)?.children ?? {});
  const own = Object.entries(document).filter(([element]) => !elements.includes(element) && element !== 'fullName');
  const fullName = text(document, 'fullName') ?? '';
  const dot = fullName.indexOf('.');
  return { ...Object.fromEntries(own), ...(dot < 0 ? {} : { fullName: fullName.slice(dot + 1) }) };
}
