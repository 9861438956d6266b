import { insertRow, type Seeding } from './seeding.ts';

/** The company itself, its page layouts and its standard price book. */
export function seedOrganization(seeding: Seeding): void {
  const { language, edition } = seeding.settings.quirks;
  insertRow(seeding, 'Organization', {
    Name: 'Practice Org',
    OrganizationType: edition === 'professional' ? 'Professional Edition' : 'Enterprise Edition',
    InstanceName: 'PRC1',
    IsSandbox: false,
    LanguageLocaleKey: language,
    DefaultLocaleSidKey: { en_US: 'en_US', fr: 'fr_FR', de: 'de_DE' }[language],
    TimeZoneSidKey: { en_US: 'America/Los_Angeles', fr: 'Europe/Paris', de: 'Europe/Berlin' }[language],
    Country: 'US',
    FiscalYearStartMonth: 1,
    PrimaryContact: 'Ada Admin',
    DefaultCalendarAccess: 'HideDetailsInsert',
    DefaultPricebookAccess: 'ReadSelect',
    UiSkin: 'Theme42',
  });
  seedLayouts(seeding);
}

const extraLayouts: Readonly<Record<string, readonly string[]>> = {
  Account: ['Account (Marketing) Layout', 'Account (Sales) Layout', 'Account (Support) Layout'],
  Contact: ['Contact (Marketing) Layout', 'Contact (Sales) Layout', 'Contact (Support) Layout'],
  Lead: ['Lead (Marketing) Layout', 'Lead (Sales) Layout'],
  Opportunity: ['Opportunity (Marketing) Layout', 'Opportunity (Sales) Layout'],
  Case: ['Case (Marketing) Layout', 'Case (Sales) Layout', 'Case (Support) Layout'],
};

function seedLayouts(seeding: Seeding): void {
  for (const object of seeding.schema.objects()) {
    if (!object.permissionable) continue;
    for (const name of [`${object.label} Layout`, ...(extraLayouts[object.name] ?? [])]) {
      insertRow(seeding, 'Layout', {
        Name: name,
        TableEnumOrId: object.name,
        EntityDefinitionId: object.name,
        LayoutType: 'Standard',
        ManageableState: 'unmanaged',
      });
    }
  }
}
