import type { Definition, GrantPart } from '../../definition/definition.js';
import { namesFor } from '../../definition/names.js';
import type { Answers } from '../../observation/question.js';
import type { Finding } from '../../planning/finding.js';
import {
  describedField,
  fieldOf,
  isPattern,
  knownObjects,
  matchingFields,
  nearestNames,
  objectOf,
  type FieldCatalogue,
} from '../permissions/field-catalogue.js';
import { sameName } from '../permissions/held-permissions.js';
import { texts } from './texts.js';

export type GrantedFields = {
  /** Field → editable. Lower-case keys hold the org's spelling in `name`. */
  readonly fields: ReadonlyMap<string, { readonly name: string; readonly edit: boolean; readonly byPattern: boolean }>;
  readonly findings: readonly Finding[];
};

/**
 * Names and patterns as fields, at this moment: minus what is hidden, minus edit on what nobody can edit and on the flag.
 */
export function grantedFields(
  definition: Definition,
  grant: GrantPart,
  hidden: readonly string[],
  catalogue: FieldCatalogue,
  answers: Answers,
): GrantedFields {
  const fields = new Map<string, { name: string; edit: boolean; byPattern: boolean }>();
  const findings: Finding[] = [];
  const withheld = new Set(hidden.map((field) => field.toLowerCase()));
  const byVendor = new Set(grant.vendorOnly?.fields ?? []);
  const wanted = [
    ...grant.readFields.map((field) => ({ field, edit: false })),
    ...grant.editFields.map((field) => ({ field, edit: true })),
  ];
  for (const { field, edit } of wanted) {
    const resolved = resolve(field, catalogue, answers);
    findings.push(...(byVendor.has(field) ? resolved.findings.flatMap(notInOrg) : resolved.findings));
    for (const name of resolved.names.filter((candidate) => !withheld.has(candidate.toLowerCase()))) {
      const earlier = fields.get(name.toLowerCase());
      fields.set(name.toLowerCase(), {
        name,
        edit: (earlier?.edit ?? false) || (edit && isEditable(definition, name, answers)),
        byPattern: (earlier?.byPattern ?? true) && isPattern(field),
      });
    }
  }
  return { fields, findings };
}

/** A recipe is written for every org: what this one does not have is said, and no mistake of anybody. */
function notInOrg(finding: Finding): readonly Finding[] {
  if (finding.severity === 'error') return [texts.note('RecipeNotInOrg', finding.subject, [finding.subject])];
  return finding.code === 'ComesWithObject' ? [] : [finding];
}

type Resolved = { readonly names: readonly string[]; readonly findings: readonly Finding[] };

function resolve(field: string, catalogue: FieldCatalogue, answers: Answers): Resolved {
  const object = objectOf(field);
  if (!catalogue.byObject.has(object.toLowerCase())) return { names: [], findings: [unknownObject(object, answers)] };
  if (isPattern(field)) {
    const names = matchingFields(field, catalogue);
    const findings = names.length > 0 ? [] : [texts.finding('error', 'PatternMatchesNothing', field, [field])];
    return { names, findings };
  }
  const exact = catalogue.permissionable.get(field.toLowerCase());
  if (exact !== undefined) return { names: [exact], findings: [] };
  return partOrUnknown(field, object, catalogue, answers);
}

function partOrUnknown(field: string, object: string, catalogue: FieldCatalogue, answers: Answers): Resolved {
  const described = describedField(answers, field);
  if (described === null) {
    const near = nearestNames(field, catalogue.byObject.get(object.toLowerCase()) ?? []);
    const tokens = [object, fieldOf(field), near.length === 0 ? texts.text('nothingNear') : near.join(', ')];
    return { names: [], findings: [texts.finding('error', 'UnknownField', field, tokens)] };
  }
  const compound = catalogue.permissionable.get(`${object}.${described.compoundFieldName ?? ''}`.toLowerCase());
  if (compound !== undefined) {
    return { names: [compound], findings: [texts.finding('warning', 'CompoundGranted', field, [field, compound])] };
  }
  // Required and system fields come with the object.
  return { names: [], findings: [texts.note('ComesWithObject', field, [field, object])] };
}

export function unknownObject(object: string, answers: Answers): Finding {
  const near = nearestNames(object, knownObjects(answers));
  return texts.finding('error', 'UnknownObject', object, [
    object,
    near.length === 0 ? texts.text('nothingNear') : near.join(', '),
  ]);
}

function isEditable(definition: Definition, field: string, answers: Answers): boolean {
  if (isFlag(definition, field)) return false;
  const described = describedField(answers, field);
  return described === null || (!described.calculated && !described.autoNumber);
}

/** The integration user never edits the flag: it could choose its own records. */
export function isFlag(definition: Definition, field: string): boolean {
  const { integration, share } = definition;
  return integration !== null && sameName(fieldOf(field), namesFor({ integration, share }).flagField);
}
