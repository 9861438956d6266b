import { describe, expect, it } from 'vitest';
import { usePracticeServer } from '../../support/practice-server.ts';
import { createIntegrationUser, createRecord } from '../../support/setup-records.ts';

const base = '/services/data/v66.0';

describe('Given the record endpoints', () => {
  const client = usePracticeServer();

  it('when a record is created, then the answer has its Id and its address', async () => {
    const { status, body, headers } = await client.post<{ readonly id: string }>(`${base}/sobjects/Account`, {
      Name: 'New',
    });
    expect({ status, body, location: headers.get('location') }).toEqual({
      status: 201,
      body: { id: expect.stringMatching(/^001\w{15}$/) as string, success: true, errors: [] },
      location: `${base}/sobjects/Account/${body.id}`,
    });
  });

  it('when a record is read, then it has its fields and its address', async () => {
    const id = await createRecord(client, 'Account', { Name: 'Readable', Rating: 'Hot' });
    const { body } = await client.get(`${base}/sobjects/Account/${id}`);
    expect(body).toMatchObject({
      attributes: { type: 'Account', url: `${base}/sobjects/Account/${id}` },
      Id: id,
      Name: 'Readable',
      Rating: 'Hot',
      IsDeleted: false,
    });
  });

  it('when only some fields are asked for, then only they come', async () => {
    const id = await createRecord(client, 'Account', { Name: 'Narrow' });
    const { body } = await client.get<object>(`${base}/sobjects/Account/${id}?fields=Name,Rating`);
    expect(Object.keys(body)).toEqual(['attributes', 'Name', 'Rating']);
  });

  it('when a record is updated, then there is no body and the value is changed', async () => {
    const id = await createRecord(client, 'Account', { Name: 'Before' });
    const { status, text } = await client.send('PATCH', `${base}/sobjects/Account/${id}`, { body: { Name: 'After' } });
    expect([status, text, await client.query(`SELECT Name FROM Account WHERE Id = '${id}'`)]).toEqual([
      204,
      '',
      [expect.objectContaining({ Name: 'After' })],
    ]);
  });

  it('when a record was deleted, then reading it does not find it', async () => {
    const id = await createRecord(client, 'Account', { Name: 'Short-lived' });
    const deleted = await client.send('DELETE', `${base}/sobjects/Account/${id}`);
    const { status } = await client.get(`${base}/sobjects/Account/${id}`);
    expect([deleted.status, status]).toEqual([204, 404]);
  });

  it('when a required field is missing, then it is named', async () => {
    const { status, body } = await client.post(`${base}/sobjects/Account`, { Rating: 'Hot' });
    expect([status, body]).toEqual([
      400,
      [{ message: 'Required fields are missing: [Name]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }],
    ]);
  });

  it('when the object is unknown, then the resource does not exist', async () => {
    expect((await client.post(`${base}/sobjects/Nonsense__c`, { Name: 'x' })).status).toBe(404);
  });

  it('when an Id is malformed, then it is taken for an external Id that does not exist', async () => {
    const { status, body } = await client.get(`${base}/sobjects/Account/abc`);
    expect([status, body]).toEqual([
      404,
      [{ message: 'Provided external ID field does not exist or is not accessible: abc', errorCode: 'NOT_FOUND' }],
    ]);
  });

  it('when a field value is an object, then the parser refuses it', async () => {
    const { body } = await client.post<readonly { readonly errorCode: string }[]>(`${base}/sobjects/Account`, {
      Name: { first: 'x' },
    });
    expect(body[0]?.errorCode).toBe('JSON_PARSER_ERROR');
  });

  it('when PATCH is sent as a POST with _HttpMethod, then the record is updated', async () => {
    const id = await createRecord(client, 'Account', { Name: 'Overridden' });
    const { status } = await client.post(`${base}/sobjects/Account/${id}?_HttpMethod=PATCH`, { Rating: 'Cold' });
    expect(status).toBe(204);
  });
});

describe('Given the password of a user', () => {
  const client = usePracticeServer();

  it('when it is reset, then the new one is in the answer', async () => {
    const id = await createIntegrationUser(client, 'password@acme.example');
    const { status, body } = await client.send('DELETE', `${base}/sobjects/User/${id}/password`);
    expect([status, body]).toEqual([200, { NewPassword: expect.any(String) as string }]);
  });

  it('when one is set, then there is no body', async () => {
    const id = await createIntegrationUser(client, 'password2@acme.example');
    expect((await client.post(`${base}/sobjects/User/${id}/password`, { NewPassword: 'a long enough 1' })).status).toBe(
      204,
    );
  });

  it('when there is no such user, then the resource does not exist', async () => {
    expect((await client.send('DELETE', `${base}/sobjects/User/005000000000000AAA/password`)).status).toBe(404);
  });
});

describe('Given the counts of an org', () => {
  const client = usePracticeServer({ records: 20 });

  it('when record counts are asked for, then unknown objects are left out', async () => {
    const { body } = await client.get(`${base}/limits/recordCount?sObjects=Account,Nonsense,Lead`);
    expect(body).toEqual({
      sObjects: [
        { count: 20, name: 'Account' },
        { count: 10, name: 'Lead' },
      ],
    });
  });
});
