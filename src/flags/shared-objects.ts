import type { ObjectOperation, SharedObject, SharePart } from '../definition/definition.js';
import { defaultFlagLabel } from '../definition/names.js';
import { flagTexts as texts } from './texts.js';

export type ShareFlags = {
  readonly integration: string;
  readonly sobjects: readonly string[];
  readonly flagLabel: string | undefined;
  readonly flagInitially: readonly string[];
  readonly flagEditors: readonly string[];
  readonly addToLayouts: readonly string[];
};

/** "Account:edit", "Contact" and "Account:Industry = 'Technology'" as the share part of a definition. */
export function toSharePart(flags: ShareFlags): SharePart {
  const conditions = new Map(flags.flagInitially.map(parseCondition));
  const objects = flags.sobjects.map((text) => sharedObject(text, conditions));
  const repeated = objects.find(
    ({ object }, index) => objects.findIndex((other) => sameObject(other.object, object)) !== index,
  );
  if (repeated !== undefined) throw texts.createError('error.ObjectGivenTwice', ['sobject', repeated.object]);
  const unused = [...conditions.keys()].find((object) => !objects.some((shared) => sameObject(shared.object, object)));
  if (unused !== undefined) throw texts.createError('error.ConditionWithoutObject', [unused]);
  return {
    flagLabel: flags.flagLabel ?? defaultFlagLabel(flags.integration),
    flagEditors: flags.flagEditors,
    manageOrganizationWideDefaults: false,
    unfiltered: [],
    objects,
    addToLayouts: flags.addToLayouts,
  };
}

/** "Account:edit" as the object and the access; without an access, read. */
export function parseObjectAccess<A extends ObjectOperation>(
  text: string,
  allowed: readonly A[],
  otherwise: A,
): readonly [string, A] {
  const [object = '', access, ...rest] = text.split(':').map((part) => part.trim());
  const known = access === undefined ? otherwise : allowed.find((candidate) => candidate === access.toLowerCase());
  if (!/^[A-Za-z]\w*$/.test(object) || known === undefined || rest.length > 0) {
    throw texts.createError('error.ObjectAccessExpected', [text, allowed.join(', ')]);
  }
  return [object, known];
}

function sharedObject(text: string, conditions: ReadonlyMap<string, string>): SharedObject {
  const [object, access] = parseObjectAccess(text, ['read', 'edit'], 'read');
  const condition = [...conditions].find(([name]) => sameObject(name, object))?.[1] ?? null;
  return { object, access, flagInitially: condition, related: {} };
}

function parseCondition(text: string): readonly [string, string] {
  const separator = text.indexOf(':');
  const object = text.slice(0, separator).trim();
  const condition = text.slice(separator + 1).trim();
  if (separator < 1 || condition === '') throw texts.createError('error.ConditionExpected', [text]);
  return [object, condition];
}

function sameObject(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
