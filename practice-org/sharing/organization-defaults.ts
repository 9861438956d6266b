import type { Store } from '../storage/table.ts';
import type { Models } from './models.ts';
import type { SharingModelValue } from './sharing.ts';

/** Values of Organization.Default…Access (Object Reference, Organization). */
const organizationAccess = {
  Private: 'None',
  Read: 'Read',
  ReadSelect: 'ReadSelect',
  ReadWrite: 'Edit',
  ReadWriteTransfer: 'ReadEditTransfer',
  FullAccess: 'All',
  ControlledByParent: 'ControlledByParent',
  ControlledByLeadOrContact: 'ControlledByLeadOrContact',
  ControlledByCampaign: 'ControlledByCampaign',
} as const satisfies Record<SharingModelValue, string>;

const columns: ReadonlyArray<readonly [column: string, object: string]> = [
  ['DefaultAccountAccess', 'Account'],
  ['DefaultContactAccess', 'Contact'],
  ['DefaultOpportunityAccess', 'Opportunity'],
  ['DefaultLeadAccess', 'Lead'],
  ['DefaultCaseAccess', 'Case'],
  ['DefaultCampaignAccess', 'Campaign'],
  ['DefaultPricebookAccess', 'Pricebook2'],
];

/** Organization shows the declared defaults, "Controlled by Parent" included. */
export function writeOrganizationDefaults(store: Store, models: Models): void {
  if (!store.hasTable('Organization')) return;
  const organization = store.table('Organization');
  if (!organization.isLive(0)) return;
  for (const [column, object] of columns) {
    const model = models.get(object);
    if (model && organization.object.fields.has(column.toLowerCase())) {
      organization.update(0, { [column]: organizationAccess[model.internal] });
    }
  }
}
