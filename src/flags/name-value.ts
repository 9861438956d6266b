import { cliExitCodes } from '../planning/exit-codes.js';
import { flagTexts as texts } from './texts.js';

/** "Department=Marketing" as a pair; the value may hold further equals signs. Throws what the CLI reports as a wrong flag. */
function parseNameValue(flag: string, text: string): readonly [string, string] {
  const separator = text.indexOf('=');
  const name = text.slice(0, separator).trim();
  if (separator < 1 || name === '') throw wrongFlag('error.NameValueExpected', [flag, text]);
  return [name, text.slice(separator + 1)];
}

/** Twice the same name is a mistake, not a list. */
export function toRecord(flag: string, pairs: readonly string[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const seen = new Set<string>();
  for (const pair of pairs) {
    const [name, value] = parseNameValue(flag, pair);
    if (seen.has(name.toLowerCase())) throw wrongFlag('error.NameGivenTwice', [flag, name]);
    seen.add(name.toLowerCase());
    values[name] = value;
  }
  return values;
}

function wrongFlag(key: string, tokens: string[]): Error {
  return texts.createError(key, tokens, [], cliExitCodes.usage.code);
}
