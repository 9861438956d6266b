import type { Definition, GrantPart, ObjectOperation } from '../../definition/definition.js';
import { ask, type Answers, type DescribeQuestion } from '../../observation/question.js';
import type { Finding } from '../../planning/finding.js';
import { knownObjects } from '../permissions/field-catalogue.js';
import { masterObjects } from './dependencies.js';
import { unknownObject } from './expansion.js';
import { texts } from './texts.js';

/** The definition with its objects in the org's spelling and with the masters that details need. */
export type ResolvedObjects = { readonly definition: Definition; readonly findings: readonly Finding[] };

export function resolveObjects(definition: Definition, answers: Answers): ResolvedObjects {
  const { grant } = definition;
  if (grant === null) return { definition, findings: [] };
  const spelled = inOrgSpelling(grant, answers);
  const masters = missingMasters(Object.keys(spelled.objects), answers);
  const objects = { ...spelled.objects, ...Object.fromEntries(masters.map((name) => [name, ['read'] as const])) };
  const added = masters.map((name) => `${name}: read`).join(', ');
  return {
    definition: { ...definition, grant: { ...grant, objects } },
    findings: [...spelled.findings, ...(added === '' ? [] : [texts.note('DependenciesAdded', added, [added])])],
  };
}

/** Only fields of custom objects tell that they lead to a master. */
export function masterQuestions(definition: Definition, answers: Answers): readonly DescribeQuestion[] {
  const objects = Object.keys(resolveObjects(definition, answers).definition.grant?.objects ?? {});
  return objects.filter((object) => object.endsWith('__c')).map((object) => ask.describe(object));
}

type Spelled = { readonly objects: GrantPart['objects']; readonly findings: readonly Finding[] };

function inOrgSpelling(grant: GrantPart, answers: Answers): Spelled {
  const spellings = orgSpellings(answers);
  const byVendor = new Set(grant.vendorOnly?.objects ?? []);
  const objects: Record<string, readonly ObjectOperation[]> = {};
  const findings: Finding[] = [];
  for (const [name, operations] of Object.entries(grant.objects)) {
    const exact = spellings.size === 0 ? name : spellings.get(name.toLowerCase());
    if (exact !== undefined) objects[exact] = [...new Set([...(objects[exact] ?? []), ...operations])];
    else if (byVendor.has(name)) findings.push(texts.note('RecipeNotInOrg', name, [name]));
    else findings.push(unknownObject(name, answers));
  }
  return { objects, findings };
}

/** Tasks and events are legal though the list leaves them out (Object Reference, ObjectPermissions). Empty where the list was refused. */
function orgSpellings(answers: Answers): ReadonlyMap<string, string> {
  const known = knownObjects(answers);
  const names = known.length === 0 ? [] : [...known, 'Task', 'Event'];
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}

function missingMasters(objects: readonly string[], answers: Answers): readonly string[] {
  const all = new Set(objects);
  for (const object of all) {
    const description = answers.get(ask.describe(object));
    if (description?.ok === true) for (const master of masterObjects(description.value.fields)) all.add(master);
  }
  return [...all].filter((object) => !objects.includes(object));
}
