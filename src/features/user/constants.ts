/** UserLicense.Name; its LicenseDefinitionKey is documented nowhere. */
export const integrationLicense = 'Salesforce Integration';

/** PermissionSetLicense.DeveloperName of "Salesforce API Integration". */
export const integrationPermissionSetLicense = 'SalesforceAPIIntegrationPsl';

/**
 * Full names of the profiles on the integration licence, best first. The second is deprecated and does not exist in new
 * orgs; it shows hundreds of standard fields.
 */
export const minimumAccessProfile = 'Minimum Access - API Only Integrations';
export const deprecatedProfile = 'Salesforce API Only System Integrations';
