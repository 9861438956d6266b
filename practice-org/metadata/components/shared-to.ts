import type { SharedTo } from '../../sharing/sharing.ts';
import { ComponentError } from '../component-error.ts';
import { positionOf, texts, type Document } from '../document.ts';

/** Principals with a name, and those that are everybody of a kind and are written as an empty element. */
const named = ['group', 'role', 'roleAndSubordinates', 'roleAndSubordinatesInternal', 'queue', 'guestUser'] as const;
const collective = ['allInternalUsers', 'allPartnerUsers', 'allCustomerPortalUsers'] as const;

/** One `sharedTo` or `sharedFrom` element: exactly one principal. */
export function decodeSharedTo(element: Document): SharedTo {
  const principals: SharedTo[] = [
    ...named.flatMap((kind) => texts(element, kind).map((name) => ({ kind, name }))),
    ...collective.flatMap((kind) => texts(element, kind).map(() => ({ kind }))),
  ];
  const [principal, second] = principals;
  if (principal === undefined) throw new ComponentError('Required field is missing: sharedTo', positionOf(element));
  if (second !== undefined) {
    throw new ComponentError(`sharedTo not allowed:${describe(second)}`, positionOf(element));
  }
  return principal;
}

export function describe(principal: SharedTo): string {
  return 'name' in principal ? `${principal.kind} - ${principal.name}` : principal.kind;
}

export function encodeSharedTo(principal: SharedTo): Document {
  return 'name' in principal ? { [principal.kind]: principal.name } : { [principal.kind]: '' };
}
