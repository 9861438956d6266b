import { featureTexts } from '../texts.js';

export const texts = featureTexts('verification');

/** The first few of many names. */
export function shortList(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} +${names.length - 5}`;
}
