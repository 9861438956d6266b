import { SalesforceError } from '../org/errors.ts';

/** Letters, digits and single underscores, from a letter to a letter or digit (Object Reference, DeveloperName). */
const developerNameForm = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

export function assertDeveloperName(label: string, field: string, name: string): void {
  if (developerNameForm.test(name)) return;
  throw new SalesforceError(
    'FIELD_INTEGRITY_EXCEPTION',
    `The ${label} can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.`,
    { fields: [field] },
  );
}

/** What the platform derives from a name when no developer name is given. */
export function developerNameFrom(name: string): string {
  const joined = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(joined) ? joined : `X${joined}`;
}

/** The code is recorded on Group, Queue and remote site inserts; no source quotes the whole text for them. */
export function duplicateDeveloperName(field: string): SalesforceError {
  return new SalesforceError('DUPLICATE_DEVELOPER_NAME', 'The API name you entered is already in use', {
    fields: [field],
  });
}
