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

/** A condition that a person wrote and the org has checked on its own: used verbatim, in parentheses. */
export function soqlCondition(condition: string): SoqlFragment {
  return new SoqlFragment(`(${condition})`);
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
