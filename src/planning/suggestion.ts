import { distance } from 'fastest-levenshtein';

/** The names that were most probably meant, nearest first; none where nothing is near. */
export function nearestNames(name: string, candidates: readonly string[], most = 3): readonly string[] {
  const wanted = folded(name);
  const farthest = Math.max(2, Math.floor(wanted.length / 2));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, edits: edits(wanted, folded(candidate)) }))
    .filter(({ edits: needed }) => needed <= farthest)
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** A part of the name counts as near: "HubSpot" for "HubSpot_Integration_Access". */
function edits(wanted: string, candidate: string): number {
  if (wanted.length >= 3 && (candidate.includes(wanted) || wanted.includes(candidate))) return 1;
  return distance(wanted, candidate);
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
