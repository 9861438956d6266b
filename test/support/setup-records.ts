import type { PracticeClient } from './practice-server.ts';

type Created = { readonly id: string };

/** A body for a new user on the Salesforce Integration licence. */
export async function integrationUserBody(
  client: PracticeClient,
  username: string,
): Promise<Readonly<Record<string, string>>> {
  const [profile] = await client.query(
    "SELECT Id FROM Profile WHERE UserLicense.Name = 'Salesforce Integration' ORDER BY Name LIMIT 1",
  );
  return {
    Username: username,
    LastName: 'Integration',
    Email: 'integration@acme.example',
    Alias: 'integr',
    CommunityNickname: username.split('@')[0] ?? username,
    TimeZoneSidKey: 'Europe/Berlin',
    LocaleSidKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'en_US',
    ProfileId: String(profile?.['Id']),
  };
}

/** Creates a record and returns its Id. */
export async function createRecord(
  client: PracticeClient,
  object: string,
  body: Readonly<Record<string, unknown>>,
): Promise<string> {
  const answer = await client.post<Created>(`/services/data/v66.0/sobjects/${object}`, body);
  if (answer.status !== 201) throw new Error(`${object}: ${answer.text}`);
  return answer.body.id;
}

export async function createIntegrationUser(client: PracticeClient, username: string): Promise<string> {
  return createRecord(client, 'User', await integrationUserBody(client, username));
}
