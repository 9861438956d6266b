import { answerOr, type Answers, type Row } from '../../observation/question.js';
import { rowsAt, textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import { fieldOf, knownObjects, objectOf } from '../permissions/field-catalogue.js';
import { hideQuestions } from './hide-questions.js';
import { texts } from './texts.js';

/** A field that is computed from others. */
type ComputedField = {
  /** "Account.Revenue_Band__c" */
  readonly name: string;
  readonly object: string;
  readonly summarized: string | null;
  /** What the formula refers to: "Rating", "Account.Rating", "Parent__r.Rating". */
  readonly references: readonly string[];
};

/**
 * Formulas are computed without regard to the field-level security of what they mention, and so are roll-ups: a visible one
 * shows a hidden field's value, also through another formula between them.
 */
export function leakFindings(
  hidden: readonly string[],
  objects: readonly string[],
  answers: Answers,
  isVisible: (field: string) => boolean = () => true,
): readonly Finding[] {
  if (hidden.length === 0) return [];
  const hiddenNames = new Set(hidden.map((field) => field.toLowerCase()));
  const computed = objects.flatMap((object) => computedFields(object, answers));
  const shown = valuesShown(computed, hidden, new Set(knownObjects(answers).map((object) => object.toLowerCase())));
  return computed
    .filter(({ name }) => shown.has(name) && !hiddenNames.has(name.toLowerCase()) && isVisible(name))
    .map(({ name }) => {
      const values = [...(shown.get(name) ?? [])].sort().join(', ');
      return texts.finding('warning', 'FormulaShowsHidden', name, [name, values]);
    });
}

function computedFields(object: string, answers: Answers): readonly ComputedField[] {
  const metadata = answerOr(answers, hideQuestions.objectMetadata(object), null);
  return (metadata === null ? [] : rowsAt(metadata, 'fields')).flatMap((field: Row) => {
    const formula = textAt(field, 'formula');
    const summarized = textAt(field, 'summarizedField');
    if (formula === null && summarized === null) return [];
    const name = `${object}.${textAt(field, 'fullName') ?? ''}`;
    return [{ name, object, summarized, references: formula === null ? [] : referencesIn(formula) }];
  });
}

/** Names inside quotes and comments are no references. */
function referencesIn(formula: string): readonly string[] {
  const code = formula.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\//g, ' ');
  return [...new Set(code.match(/[A-Za-z]\w*(?:\.[A-Za-z]\w*)*/g) ?? [])].map((reference) => reference.toLowerCase());
}

/** Field → the hidden fields whose values it shows. Goes on until nothing is added: formulas may use formulas. */
function valuesShown(
  computed: readonly ComputedField[],
  hidden: readonly string[],
  objects: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const carried = new Map<string, Set<string>>(hidden.map((field) => [field.toLowerCase(), new Set([field])]));
  const shown = new Map<string, Set<string>>();
  for (let grew = true; grew;) {
    grew = false;
    const byName = carriersByName(carried.keys());
    for (const field of computed) {
      const values = new Set(
        carriersOf(field, byName, objects).flatMap((carrier) => [...(carried.get(carrier) ?? [])]),
      );
      if (values.size <= (shown.get(field.name)?.size ?? 0)) continue;
      shown.set(field.name, values);
      carried.set(field.name.toLowerCase(), new Set([...(carried.get(field.name.toLowerCase()) ?? []), ...values]));
      grew = true;
    }
  }
  return shown;
}

/** Lower-case field name without object → full names. Parts of a compound stand for it. */
function carriersByName(carriers: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const carrier of carriers) {
    for (const name of [fieldOf(carrier), ...partsOf(fieldOf(carrier))]) {
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [carrier]);
      else known.push(carrier);
    }
  }
  return byName;
}

const addressParts =
  'street city state statecode postalcode country countrycode latitude longitude geocodeaccuracy'.split(' ');

/** billingaddress → billingcity …; place__c → place__latitude__s … */
function partsOf(name: string): readonly string[] {
  if (name.endsWith('address')) return addressParts.map((part) => name.slice(0, -'address'.length) + part);
  return name.endsWith('__c') ? addressParts.map((part) => `${name.slice(0, -1)}${part}__s`) : [];
}

function carriersOf(
  field: ComputedField,
  byName: ReadonlyMap<string, readonly string[]>,
  objects: ReadonlySet<string>,
): readonly string[] {
  const summarized = field.summarized?.toLowerCase();
  const bySummary =
    summarized === undefined
      ? []
      : (byName.get(fieldOf(summarized)) ?? []).filter((carrier) => objectOf(carrier) === objectOf(summarized));
  const byFormula = field.references.flatMap((reference) =>
    (byName.get(reference.slice(reference.lastIndexOf('.') + 1)) ?? []).filter((carrier) =>
      mayBeOn(objectOf(carrier), reference, field.object.toLowerCase(), objects),
    ),
  );
  return [...bySummary, ...byFormula];
}

/**
 * A bare name is the object's own. At the end of a path, a standard relationship that is named like an object leads to that
 * object; any other may lead anywhere.
 */
function mayBeOn(carrier: string, reference: string, own: string, objects: ReadonlySet<string>): boolean {
  const steps = reference.split('.');
  const relationship = steps.at(-2);
  if (relationship === undefined) return carrier === own;
  return objects.has(relationship) ? carrier === relationship : true;
}
