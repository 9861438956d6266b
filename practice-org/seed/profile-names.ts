import type { OrgSettings } from '../org/settings.ts';

type Language = OrgSettings['quirks']['language'];

/**
 * Profile.Name comes back in the org's language, while the Metadata API keeps the English name as the full name (Salesforce
 * Stack Exchange 156802).
 */
const translations: Readonly<Record<string, Readonly<Record<Exclude<Language, 'en_US'>, string>>>> = {
  'System Administrator': { fr: 'Administrateur système', de: 'Systemadministrator' },
  'Standard User': { fr: 'Utilisateur standard', de: 'Standardbenutzer' },
  'Minimum Access - Salesforce': { fr: 'Accès minimum - Salesforce', de: 'Mindestzugriff - Salesforce' },
  'Salesforce API Only System Integrations': {
    fr: 'Intégrations système API Salesforce uniquement',
    de: 'Reine Salesforce-API-Systemintegrationen',
  },
  'Minimum Access - API Only Integrations': {
    fr: 'Accès minimum - Intégrations API uniquement',
    de: 'Mindestzugriff - Reine API-Integrationen',
  },
};

export function localizedProfileName(fullName: string, language: Language): string {
  return language === 'en_US' ? fullName : (translations[fullName]?.[language] ?? fullName);
}

/** The metadata name of a standard profile: its Name where the org speaks English or the profile is a custom one. */
export function profileFullName(name: string, language: Language): string {
  const known = Object.keys(translations).find((fullName) => localizedProfileName(fullName, language) === name);
  return known ?? name;
}
