import { conditionProblem, conditionTokens } from '../definition/condition.js';

type SoqlList = ReadonlyArray<string | number | SoqlFragment>;
type SoqlValue = string | number | boolean | null | Date | SoqlList;

/** A piece of SOQL that is already escaped. */
export class SoqlFragment {
  public readonly text: string;
  public constructor(text: string) {
    this.text = text;
  }
}

/**
 * The one place that writes outside values into SOQL: soql`SELECT Id FROM User WHERE Username = ${username}`.
 * Text is quoted and escaped, lists become (…), names of objects and fields go through `soqlName`.
 */
export function soql(parts: TemplateStringsArray, ...values: ReadonlyArray<SoqlValue | SoqlFragment>): string {
  return parts.reduce((text, part, index) => text + render(values[index - 1] ?? null) + part);
}

/** An API name (object, field, relationship path) checked to be one; throws RangeError otherwise. */
export function soqlName(name: string): SoqlFragment {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(name)) throw new RangeError(`"${name}" is not an API name`);
  return new SoqlFragment(name);
}

export function soqlNames(names: readonly string[]): SoqlFragment {
  return new SoqlFragment(names.map((name) => soqlName(name).text).join(', '));
}

/** A number by its digits: a long one is another number as soon as it is a double. Throws RangeError for anything else. */
export function soqlNumber(digits: string): SoqlFragment {
  if (!/^-?\d+(\.\d+)?$/.test(digits)) throw new RangeError(`"${digits}" is not a number`);
  return new SoqlFragment(digits);
}

/**
 * A condition that a person wrote, to be joined to others by AND. It stands there without parentheses where they say nothing:
 * "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions" (an answer of
 * Salesforce, quoted at apsona.com, "Resolving semijoin subselect errors"). They stay where OR or NOT is at its top level, beside
 * which Salesforce takes no AND (SOQL reference, "Logical Operators"), and where it is no single condition.
 */
export function soqlCondition(condition: string): SoqlFragment {
  const inner = withoutParentheses(condition);
  return new SoqlFragment(isConjunction(inner) ? inner : `(${inner})`);
}

/** A condition that a person wrote, as one thing wherever it stands, as behind NOT and beside OR. */
export function soqlGroup(condition: string): SoqlFragment {
  return new SoqlFragment(`(${withoutParentheses(condition)})`);
}

/** What is inside of parentheses that surround the whole condition. */
function withoutParentheses(condition: string): string {
  const [first, ...others] = conditionTokens(condition);
  const last = others.at(-1);
  if (first?.text !== '(' || last?.text !== ')') return condition;
  // Where a parenthesis between them closes the first one, the first and the last are not a pair.
  if (others.some((token) => token !== last && token.depth === 0)) return condition;
  const inner = condition.slice(condition.indexOf('(') + 1, condition.lastIndexOf(')'));
  return conditionProblem(inner) === null ? withoutParentheses(inner) : condition;
}

function isConjunction(condition: string): boolean {
  if (conditionProblem(condition) !== null) return false;
  const words = conditionTokens(condition)
    .filter(({ depth }) => depth === 0)
    .map(({ text }) => text.toUpperCase());
  // What ends with AND is refused in parentheses; without them it would take what follows for its own.
  if (words.at(0) === 'AND' || words.at(-1) === 'AND') return false;
  return words.every((word, index) => word !== 'OR' && (word !== 'NOT' || words[index + 1] === 'IN'));
}

function render(value: SoqlValue | SoqlFragment): string {
  if (value instanceof SoqlFragment) return value.text;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `(${value.map(render).join(', ')})`;
  return String(value);
}

/** `Array.isArray` doesn't tell lists that cannot be written to from other values. */
function isList(value: SoqlValue): value is SoqlList {
  return Array.isArray(value);
}

/** Escapes of the SOQL reference, "Quoted String Escape Sequences". */
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\b', '\\b')
    .replaceAll('\f', '\\f');
  return `'${escaped}'`;
}
