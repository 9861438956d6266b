import type { Probe } from '../probe.ts';

export const licenceDefinitionKey: Probe = {
  fact: 'LicenseDefinitionKey of the user licence "Salesforce Integration"',
  source: 'No public file holds the key; Object Reference, UserLicense, documents the field only.',
  readOnly: true,
  ask: async (api) => {
    const rows = await api.rows("SELECT LicenseDefinitionKey FROM UserLicense WHERE Name = 'Salesforce Integration'");
    return String(rows[0]?.['LicenseDefinitionKey']);
  },
  // Certainly not the real one: nothing may rely on a guess.
  expected: 'PracticeOrgIntegration',
};
