import { describe, expect, it } from 'vitest';
import { usePracticeServer } from '../../support/practice-server.ts';
import { createIntegrationUser, createRecord, integrationUserBody } from '../../support/setup-records.ts';

const limits = '/services/data/v66.0/limits';
const invalidSession = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

describe('Given a request to the REST API', () => {
  const client = usePracticeServer();

  it.each([
    ['no token', null],
    ['a token that was never issued', '00D000000000001!nobody'],
  ])('when it carries %s, then the session is invalid', async (_what, token) => {
    const { status, body } = await client.get(limits, { token });
    expect([status, body]).toEqual([401, invalidSession]);
  });

  it('when the token stands in oauth_token, then it is accepted', async () => {
    const { organizationId, adminUserId } = client.server.org;
    const path = `/id/${organizationId}/${adminUserId}?oauth_token=${client.server.accessToken}`;
    expect((await client.get(path, { token: null })).status).toBe(200);
  });

  it('when user info is asked with a bad token, then it is refused in the form of OAuth', async () => {
    const { status, text } = await client.get('/services/oauth2/userinfo', { token: '00Dx!y' });
    expect([status, text]).toEqual([403, 'Bad_OAuth_Token']);
  });

  it('when the user of the token was deactivated, then the session is invalid', async () => {
    const id = await createIntegrationUser(client, 'leaver@acme.example');
    const token = await client.tokenOf('leaver@acme.example');
    await client.send('PATCH', `/services/data/v66.0/sobjects/User/${id}`, { body: { IsActive: false } });
    expect((await client.get(limits, { token })).body).toEqual(invalidSession);
  });

  it('when the user of the token was frozen, then the session is invalid', async () => {
    const id = await createIntegrationUser(client, 'frozen@acme.example');
    const token = await client.tokenOf('frozen@acme.example');
    const [login] = await client.query(`SELECT Id FROM UserLogin WHERE UserId = '${id}'`);
    await client.send('PATCH', `/services/data/v66.0/sobjects/UserLogin/${String(login?.['Id'])}`, {
      body: { IsFrozen: true },
    });
    expect((await client.get(limits, { token })).body).toEqual(invalidSession);
  });

  it('when the user may not use the API, then it is refused', async () => {
    const body = await integrationUserBody(client, 'noapi@acme.example');
    const [profile] = await client.query("SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'");
    await createRecord(client, 'User', { ...body, ProfileId: profile?.['Id'] });
    const answer = await client.get(limits, { token: await client.tokenOf('noapi@acme.example') });
    expect([answer.status, answer.body]).toEqual([
      403,
      [{ message: 'API is disabled for this User', errorCode: 'API_CURRENTLY_DISABLED' }],
    ]);
  });
});
