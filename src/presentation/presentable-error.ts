import { SfError } from '@salesforce/core/sfError';
import { concealAll, type Conceal } from '../definition/concealment.js';
import { plainText } from './plain-text.js';

/** Names of things in the org are part of messages and advice; they are shown as text, and secrets not at all. */
export function presentable(error: unknown, conceal: Conceal = (text) => text): unknown {
  if (!(error instanceof SfError)) return error;
  error.message = plainText(conceal(error.message));
  if (error.actions !== undefined) error.actions = error.actions.map((action) => plainText(conceal(action)));
  if (error.data !== undefined) error.setData(concealAll(error.data as ErrorData, conceal));
  return error;
}

type ErrorData = NonNullable<SfError['data']>;
