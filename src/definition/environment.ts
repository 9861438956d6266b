import { type Path, pathText, type Problem } from './problem.js';
import type { Position } from './source.js';
import { definitionText } from './texts.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Values that came from the environment, with the reference they are shown as wherever they might be secret. */
export type ResolvedValue = { readonly path: string; readonly value: string; readonly reference: string };

export type Resolution = {
  readonly value: unknown;
  readonly resolved: readonly ResolvedValue[];
  readonly problems: readonly Problem[];
};

const reference = /\$\{env:([^}]*)\}/g;

/** Replaces every `${env:NAME}` in texts (not in keys). A name that is not set is a problem, never an empty text. */
export function resolveEnvironment(value: unknown, environment: Environment, at: (path: Path) => Position): Resolution {
  const resolved: ResolvedValue[] = [];
  const problems: Problem[] = [];

  const resolveText = (text: string, path: Path): string => {
    const result = text.replaceAll(reference, (whole, name: string) => {
      const found = environment[name];
      if (found !== undefined && found !== '') return found;
      const message = definitionText('problem.EnvironmentNotSet', [pathText(path), name]);
      problems.push({ ...at(path), path: pathText(path), message, value: whole });
      return whole;
    });
    if (result !== text) resolved.push({ path: pathText(path), value: result, reference: text });
    return result;
  };

  const resolve = (item: unknown, path: Path): unknown => {
    if (typeof item === 'string') return resolveText(item, path);
    if (Array.isArray(item)) return item.map((child, index) => resolve(child, [...path, index]));
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, child]) => [key, resolve(child, [...path, key])]));
  };

  return { value: resolve(value, []), resolved, problems };
}
