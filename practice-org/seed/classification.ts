import type { Seeding } from './seeding.ts';

/** How sensitive an administrator has declared some fields to be: field, SecurityClassification, ComplianceGroup. */
const classified: ReadonlyArray<readonly [field: string, security: string, compliance: string | null]> = [
  ['Account.AnnualRevenue', 'Restricted', null],
  ['Contact.Birthdate', 'Restricted', 'PII;GDPR'],
  ['Contact.HomePhone', 'Confidential', 'PII'],
  ['Contact.MobilePhone', 'Confidential', 'PII'],
  ['Contact.Email', 'Confidential', 'PII;GDPR'],
  ['Lead.MobilePhone', 'Confidential', 'PII'],
  ['Opportunity.Amount', 'Confidential', null],
];

export function seedClassification({ schema }: Pick<Seeding, 'schema'>): void {
  for (const [name, securityClassification, complianceGroup] of classified) {
    const [object = '', fieldName = ''] = name.split('.');
    const field = schema.field(object, fieldName);
    if (field) schema.putField(object, { ...field, securityClassification, complianceGroup });
  }
}
