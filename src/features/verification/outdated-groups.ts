import type { Finding } from '../../planning/finding.js';
import { sourceText } from './sources.js';
import type { AccessState } from './state.js';
import { texts } from './texts.js';

/**
 * Until Salesforce has computed a permission set group anew, its aggregate shows what it gave before: what it gives in a
 * moment is not known (Object Reference, PermissionSetGroup: Status).
 */
export function outdatedGroups({ held }: AccessState): readonly Finding[] {
  return held.sources
    .filter(({ upToDate }) => !upToDate)
    .map((source) => texts.finding('warning', 'GroupOutdated', source.name, [sourceText(source)]));
}
