import type { IntegrationUserResult } from '../planning/result.js';
import type { ResolvedValue } from './environment.js';

/**
 * Values of User fields that came from the environment may be secret: in everything that is shown they stand as their
 * reference. Names (username, profile, role) are shown, since the reader needs to know which are meant.
 */
export type Conceal = (text: string) => string;

export function concealer(resolved: readonly ResolvedValue[]): Conceal {
  const secrets = resolved
    .filter(({ path }) => path.startsWith('user.fields.'))
    .sort((a, b) => b.value.length - a.value.length);
  return (text) => secrets.reduce((shown, { value, reference }) => shown.replaceAll(value, reference), text);
}

export function concealInResult(result: IntegrationUserResult, conceal: Conceal): IntegrationUserResult {
  return {
    ...result,
    changes: result.changes.map((change) => concealTexts(change, ['before', 'after', 'message'], conceal)),
    findings: result.findings.map((finding) => concealTexts(finding, ['message', 'fix'], conceal)),
    impact: result.impact.map((impact) => concealTexts(impact, ['message'], conceal)),
  };
}

/** The same value with every text in it concealed. */
export function concealAll<T>(value: T, conceal: Conceal): T {
  const revive = (_: string, item: unknown): unknown => (typeof item === 'string' ? conceal(item) : item);
  return JSON.parse(JSON.stringify(value), revive) as T;
}

function concealTexts<T extends object>(item: T, keys: ReadonlyArray<keyof T>, conceal: Conceal): T {
  const concealed = keys.flatMap((key) => {
    const text = item[key];
    return typeof text === 'string' ? [[key, conceal(text)] as const] : [];
  });
  return { ...item, ...Object.fromEntries(concealed) };
}
