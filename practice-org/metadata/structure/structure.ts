/**
 * The grammar of metadata documents. A complex type is written as its elements in the order in which Salesforce writes
 * them, separated by blanks:
 *
 *     name            optional text
 *     name:int        another scalar, an enumeration or another complex type
 *     name!           required
 *     name*           any number, all in one place
 *     name@63         known from API 63 on
 *     name:-          known to Salesforce, not to the practice org: an error that says so
 *
 * An enumeration is written as `=A|B|C`.
 */
export type StructureTable = Readonly<Record<string, string>>;

export type ElementType =
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'int' }
  | { readonly kind: 'double' }
  | { readonly kind: 'enumeration'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'complex'; readonly name: string }
  | { readonly kind: 'unsupported' };

export type ElementRule = {
  readonly name: string;
  readonly type: ElementType;
  readonly required: boolean;
  readonly repeated: boolean;
  readonly sinceVersion: number;
};

export type Structure = { readonly name: string; readonly elements: ReadonlyMap<string, ElementRule> };

const elementPattern = /^(\w+)(?::(-|\w+))?([!*]?)(?:@(\d+))?$/;
const scalars = {
  text: { kind: 'text' },
  boolean: { kind: 'boolean' },
  int: { kind: 'int' },
  double: { kind: 'double' },
  '-': { kind: 'unsupported' },
} as const satisfies Readonly<Record<string, ElementType>>;

function isScalar(name: string): name is keyof typeof scalars {
  return name in scalars;
}

function elementType(name: string, table: StructureTable): ElementType {
  if (isScalar(name)) return scalars[name];
  const definition = table[name];
  if (definition === undefined) throw new Error(`The grammar of metadata documents lacks the type ${name}`);
  if (definition.startsWith('=')) return { kind: 'enumeration', name, values: definition.slice(1).split('|') };
  return { kind: 'complex', name };
}

function elementRule(source: string, table: StructureTable): ElementRule {
  const match = elementPattern.exec(source);
  if (match === null) throw new Error(`The grammar of metadata documents cannot read ${source}`);
  const [, name = '', type = 'text', occurrence, since] = match;
  return {
    name,
    type: elementType(type, table),
    required: occurrence === '!',
    repeated: occurrence === '*',
    sinceVersion: Number(since ?? 0),
  };
}

export type Grammar = { has(name: string): boolean; structure(name: string): Structure };

export function compileGrammar(table: StructureTable): Grammar {
  const structures = new Map<string, Structure>();
  for (const [name, source] of Object.entries(table)) {
    if (source.startsWith('=')) continue;
    const rules = source
      .split(/\s+/)
      .filter(Boolean)
      .map((part) => elementRule(part, table));
    structures.set(name, { name, elements: new Map(rules.map((rule) => [rule.name, rule])) });
  }
  return {
    has: (name) => structures.has(name),
    structure(name) {
      const structure = structures.get(name);
      if (structure === undefined) throw new Error(`The grammar of metadata documents lacks the type ${name}`);
      return structure;
    },
  };
}
