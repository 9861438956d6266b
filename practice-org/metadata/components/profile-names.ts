import { recordsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { decodeName, encodeName } from '../registry.ts';
import { profileFullName } from '../../seed/profile-names.ts';

/** Profiles whose metadata name is not their English label. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['System Administrator', 'Admin'],
  ['Standard User', 'Standard'],
  ['Read Only', 'ReadOnly'],
  ['Solution Manager', 'SolutionManager'],
  ['Contract Manager', 'ContractManager'],
  ['Marketing User', 'MarketingProfile'],
]);

/** The metadata name, not yet encoded for a file, of a profile with this English label. */
export function profileMetadataLabel(english: string): string {
  return shortNames.get(english) ?? english;
}

/** A profile's metadata name: untranslated, whatever language the org speaks. */
export function profileMetadataName(org: PracticeOrg, profile: StoredRecord): string {
  const english = profileFullName(String(profile.get('Name')), org.settings.quirks.language);
  return shortNames.get(english) ?? encodeName(english);
}

export function profileNamed(org: PracticeOrg, fullName: string): StoredRecord | undefined {
  const wanted = decodeName(fullName).toLowerCase();
  return recordsWhere(org, 'Profile', {}).find(
    (profile) => decodeName(profileMetadataName(org, profile)).toLowerCase() === wanted,
  );
}
