import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { standardObjects } from '../../../practice-org/schema/catalogue/catalogue.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

/** Fields that exist only where a feature is switched on that a new org does not have. */
const featureFields: Readonly<Record<string, readonly RegExp[]>> = {
  entitlements: [/^Case\.(Entitlement|ServiceContract|BusinessHours)Id$/, /^Case\.MilestoneStatus(Icon)?$/],
  partners: [/^(Lead|Opportunity)\.PartnerAccountId$/, /^Account\.ChannelProgram/],
  portals: [/^Contact\.CanAllowPortalSelfReg$/, /^(Task|Event|Case)\.IsVisibleInSelfService$/],
  'commerce buyers': [
    /^Contact\.BuyerAttributes$/,
    /^(Contact|Account)\.Commerce/,
    /^Product2\.(SellerId|SourceProductId|ExternalDataSourceId)$/,
  ],
  'customizable campaign statistics': [/^Campaign\.Hierarchy/, /^Campaign\.CampaignImageId$/],
  'asset lifecycle': [/^Asset\.(Current|Lifecycle|TotalLifecycle|HasLifecycle|Location)/],
  quotes: [/\.Quote(LineItem)?Id$/, /^Opportunity\.(SyncedQuoteId|ContractId)$/],
  subscriptions: [/^OrderItem\.(SubscriptionTerm|ReferencePrice)$/],
  'a name that only field permissions know': [/^Case\.ClosedOnCreate$/, /^Order\.(ContractName|ContractEndDate)$/],
  'person accounts': [/^Account\.(Person|FirstName|LastName|Salutation|MiddleName|Suffix)/, /__pc$/],
};

function isFeatureField(name: string): boolean {
  return Object.values(featureFields).some((patterns) => patterns.some((pattern) => pattern.test(name)));
}

function filesOf(folder: string): readonly string[] {
  const path = referencePath('corpus', folder);
  return path === undefined ? [] : readdirSync(path).map((name) => `${path}/${name}`);
}

function standardFieldsOf(file: string): readonly string[] {
  const names = [...readFileSync(file, 'utf8').matchAll(/<field>(\w+\.\w+)<\/field>/g)].map((match) => match[1] ?? '');
  return names.filter((name) => !/__(c|pc)$/.test(name) && !/__c\./.test(name));
}

describeWithReference('Field-level security of standard fields in real orgs', () => {
  const objects = new Map(standardObjects({ 'person-accounts': 'off' }).map((object) => [object.name, object]));
  const files = [...filesOf('profiles'), ...filesOf('permissionsets')];
  const fields = [...new Set(files.flatMap(standardFieldsOf))].filter((name) => objects.has(name.split('.')[0] ?? ''));

  it('Given fields that profiles of real orgs list, When the catalogue is asked, Then each is permissionable', () => {
    const refused = fields.filter((name) => {
      const [object = '', field = ''] = name.split('.');
      return objects.get(object)?.fields.get(field.toLowerCase())?.permissionable !== true;
    });
    expect(fields.length).toBeGreaterThan(200);
    expect(refused.filter((name) => !isFeatureField(name)).sort()).toEqual([]);
  });

  it('Given a field that no profile lists, When it is on Account, Contact, Lead, Case or Opportunity, Then it is not permissionable', () => {
    const listed = new Set(fields);
    const invented = ['Account', 'Contact', 'Lead', 'Case', 'Opportunity'].flatMap((name) =>
      [...(objects.get(name)?.fields.values() ?? [])]
        .filter((field) => field.permissionable)
        .map((field) => `${name}.${field.name}`)
        .filter((field) => !listed.has(field)),
    );
    expect(invented).toEqual([]);
  });
});
