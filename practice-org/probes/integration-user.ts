import { NotAskable, type ProbeApi } from './probe-api.ts';

/** Values of a new user on the Salesforce Integration licence; the name is free everywhere with near certainty. */
export async function integrationUser(api: ProbeApi, number: number): Promise<Readonly<Record<string, string>>> {
  const stamp = `${Date.now().toString(36)}${number}`;
  return {
    Username: `probe.${stamp}@probe.invalid.example`,
    LastName: `Probe ${stamp}`,
    Email: 'probe@probe.invalid.example',
    Alias: stamp.slice(-8),
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: await integrationProfile(api),
  };
}

export async function integrationProfile(api: ProbeApi): Promise<string> {
  const soql = "SELECT Id FROM Profile WHERE UserLicense.Name = 'Salesforce Integration' ORDER BY Name LIMIT 1";
  const [profile] = await api.rows(soql);
  if (profile === undefined) throw new NotAskable('the org has no profile on the Salesforce Integration licence');
  return String(profile['Id']);
}

export const integrationLicence =
  "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'";
