import type { Change } from '../../planning/change.js';

/** What a change would do, as evidence of what is different now. */
export function changeText({ before, after, name }: Change): string {
  if (before === undefined) return after ?? name;
  return after === undefined ? before : `${before} → ${after}`;
}
