import { hashOf } from './api-name.js';

/** Organization-wide default of an object as it was before the plugin changed it. */
export type StartingModel = {
  readonly object: string;
  readonly internal: string;
  /** Null where the org has no external sharing model. */
  readonly external: string | null;
};

export type Ownership = {
  readonly integration: string;
  readonly startingModels: readonly StartingModel[];
};

/** Longest description that each kind of component holds. */
export const descriptionLengths = {
  CustomField: 1000,
  SharingCriteriaRule: 1000,
  PermissionSet: 255,
  Group: 255,
} as const;

/** Descriptions hold a long integration name only up to here, and a hash of the whole. */
const longestName = 60;
const marker = /\[sf integration-user: "([^"]*)"((?:; [^;\]]+)*)\]/;

/**
 * A description that says who made the thing and for which integration, so that it is found again without a state file. Of
 * the text, what does not fit is cut; the mark always fits, and as many starting models (in the order given) as the rest holds.
 */
export function writeOwnership(
  text: string,
  integration: string,
  maxLength: number,
  startingModels: readonly StartingModel[] = [],
): string {
  const start = `[sf integration-user: "${ownershipKey(integration)}"`;
  let mark = start;
  for (const model of startingModels) {
    const extended = `${mark}; ${modelText(model)}`;
    if (extended.length + 1 > maxLength) break;
    mark = extended;
  }
  const room = maxLength - mark.length - 2;
  const shownText = text.length <= room ? text : text.slice(0, Math.max(0, room)).trimEnd();
  return `${shownText} ${mark}]`.trimStart();
}

export function readOwnership(description: string | null | undefined): Ownership | null {
  const match = marker.exec((description ?? '').replaceAll(/\s+/g, ' '));
  if (match === null) return null;
  const models = (match[2] ?? '').split('; ').filter((text) => text !== '');
  return { integration: decode(match[1] ?? ''), startingModels: models.flatMap(parseModel) };
}

export function isOwned(description: string | null | undefined, integration: string): boolean {
  const owner = readOwnership(description)?.integration;
  return owner !== undefined && owner.toLowerCase() === decode(ownershipKey(integration)).toLowerCase();
}

function modelText({ object, internal, external }: StartingModel): string {
  return `${object}=${internal}${external === null ? '' : `/${external}`}`;
}

function parseModel(text: string): readonly StartingModel[] {
  const match = /^(\w+)=(\w+)(?:\/(\w+))?$/.exec(text.trim());
  if (match === null) return [];
  const [, object = '', internal = '', external] = match;
  return [{ object, internal, external: external ?? null }];
}

function ownershipKey(integration: string): string {
  const name = integration.replaceAll(/\s+/g, ' ').trim();
  return encode(name.length <= longestName ? name : `${name.slice(0, longestName)}~${hashOf(integration)}`);
}

/** Characters that would end the mark, and unpaired surrogates left by the cut, travel percent-encoded. */
function encode(name: string): string {
  return name
    .replaceAll(/\p{Surrogate}/gu, '')
    .replaceAll(/[%"[\];\p{Cc}]/gu, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function decode(key: string): string {
  return key.replaceAll(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
