import { nearest, pathText, type Path, type Problem } from './problem.js';
import type { DefinitionDocument } from './schema.js';
import type { Source } from './source.js';
import { definitionText } from './texts.js';

type Positions = Pick<Source, 'keyAt' | 'valueAt'>;

/** What a document that has the right shape can still contradict itself in. */
export function contradictions(document: DefinitionDocument, positions: Positions): readonly Problem[] {
  return [
    ...grantedAndHidden(document),
    ...sharedAndUnfiltered(document),
    ...relatedOfOthers(document),
    ...keptFieldsOfOthers(document),
    ...nothingShared(document),
  ].map(({ path, key, tokens, value }) => ({
    ...positions.valueAt(path),
    path: pathText(path),
    message: definitionText(key, tokens),
    value,
  }));
}

/** A recipe that is not among those there are; found also where the rest of the document has the wrong shape. */
export function unknownRecipe(value: unknown, recipes: readonly string[], positions: Positions): readonly Problem[] {
  const path = ['grant', 'recipe'];
  const recipe = path.reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), value);
  if (typeof recipe !== 'string' || recipes.includes(recipe.toLowerCase())) return [];
  const meant = nearest(recipe, recipes);
  return [
    {
      ...positions.valueAt(path),
      path: pathText(path),
      message: definitionText('problem.UnknownRecipe', [recipe, recipes.join(', ')]),
      value: recipe,
      ...(meant === undefined ? {} : { suggestion: meant }),
    },
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Entries of any list that stand there twice, whatever their case: Salesforce's names do not tell case apart. */
export function repeatedEntries(value: unknown, positions: Positions, path: Path = []): readonly Problem[] {
  if (Array.isArray(value)) return repeatedIn(value, positions, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => repeatedEntries(child, positions, [...path, key]));
}

function repeatedIn(items: readonly unknown[], positions: Positions, path: Path): readonly Problem[] {
  const folded = items.map((item) => String(item).toLowerCase());
  return items.flatMap((item, index) => {
    if (typeof item !== 'string' || folded.indexOf(item.toLowerCase()) === index) return [];
    const itemPath = [...path, index];
    const message = definitionText('problem.Repeated', [pathText(path), item]);
    return [{ ...positions.valueAt(itemPath), path: pathText(itemPath), message, value: item }];
  });
}

type Contradiction = {
  readonly path: Path;
  readonly key: string;
  readonly tokens: readonly string[];
  readonly value: string;
};

function grantedAndHidden({ grant, hide }: DefinitionDocument): readonly Contradiction[] {
  const granted = new Set([...(grant?.fields?.read ?? []), ...(grant?.fields?.edit ?? [])].map(fold));
  return (hide?.fields ?? []).flatMap((field, index) => {
    if (isPattern(field) || !granted.has(fold(field))) return [];
    return [{ path: ['hide', 'fields', index], key: 'problem.GrantedAndHidden', tokens: [field], value: field }];
  });
}

function sharedAndUnfiltered({ share }: DefinitionDocument): readonly Contradiction[] {
  const shared = new Set(Object.keys(share?.objects ?? {}).map(fold));
  return (share?.unfiltered ?? []).flatMap((object, index) => {
    if (!shared.has(fold(object))) return [];
    return [
      { path: ['share', 'unfiltered', index], key: 'problem.SharedAndUnfiltered', tokens: [object], value: object },
    ];
  });
}

function relatedOfOthers({ share }: DefinitionDocument): readonly Contradiction[] {
  return Object.entries(share?.objects ?? {}).flatMap(([object, { related }]) => {
    if (related === undefined || fold(object) === 'account') return [];
    return [
      { path: ['share', 'objects', object, 'related'], key: 'problem.RelatedOfOther', tokens: [object], value: object },
    ];
  });
}

function keptFieldsOfOthers({ hide }: DefinitionDocument): readonly Contradiction[] {
  return Object.entries(hide?.allExcept ?? {}).flatMap(([object, fields]) =>
    fields.flatMap((field, index) => {
      if (fold(field).startsWith(`${fold(object)}.`)) return [];
      const path = ['hide', 'allExcept', object, index];
      return [{ path, key: 'problem.KeptFieldOfOther', tokens: [field, object], value: field }];
    }),
  );
}

function nothingShared({ share }: DefinitionDocument): readonly Contradiction[] {
  if (share === undefined || Object.keys(share.objects).length > 0) return [];
  return [{ path: ['share', 'objects'], key: 'problem.NothingShared', tokens: [], value: '{}' }];
}

function isPattern(field: string): boolean {
  return field.includes('*');
}

function fold(name: string): string {
  return name.toLowerCase();
}
