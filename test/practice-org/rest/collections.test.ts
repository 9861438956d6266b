import { describe, expect, it } from 'vitest';
import { usePracticeServer } from '../../support/practice-server.ts';
import { createRecord } from '../../support/setup-records.ts';

const path = '/services/data/v66.0/composite/sobjects';
const account = (values: Readonly<Record<string, unknown>>) => ({ attributes: { type: 'Account' }, ...values });

describe('Given a collection of records', () => {
  const client = usePracticeServer();

  it('when one of them is wrong, then the others are saved', async () => {
    const { body } = await client.post(path, { allOrNone: false, records: [account({ Name: 'Good' }), account({})] });
    expect(body).toEqual([
      { id: expect.any(String) as string, success: true, errors: [] },
      {
        success: false,
        errors: [
          { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
        ],
      },
    ]);
  });

  it('when all or none is asked for and one is wrong, then the others are rolled back and say so', async () => {
    const { body } = await client.post(path, { allOrNone: true, records: [account({ Name: 'Undone' }), account({})] });
    expect([body, await client.query("SELECT Id FROM Account WHERE Name = 'Undone'")]).toEqual([
      [
        {
          success: false,
          errors: [
            {
              statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
              message:
                'Record rolled back because not all records were valid and the request was using AllOrNone header',
              fields: [],
            },
          ],
        },
        expect.objectContaining({ success: false }),
      ],
      [],
    ]);
  });

  it('when an update names no Id, then it says so', async () => {
    const { body } = await client.send('PATCH', path, { body: { records: [account({ Name: 'x' })] } });
    expect(body).toEqual([
      {
        success: false,
        errors: [{ statusCode: 'MISSING_ARGUMENT', message: 'Id not specified in an update call', fields: [] }],
      },
    ]);
  });

  it('when records are updated, then they are changed', async () => {
    const id = await createRecord(client, 'Account', { Name: 'Collected' });
    await client.send('PATCH', path, { body: { records: [account({ id, Rating: 'Warm' })] } });
    expect(await client.query(`SELECT Rating FROM Account WHERE Id = '${id}'`)).toMatchObject([{ Rating: 'Warm' }]);
  });

  it('when records of several objects are deleted, then they are gone', async () => {
    const ids = [
      await createRecord(client, 'Account', { Name: 'One' }),
      await createRecord(client, 'Contact', { LastName: 'Two' }),
    ];
    const { body } = await client.send('DELETE', `${path}?ids=${ids.join(',')}&allOrNone=true`);
    expect(body).toEqual(ids.map((id) => ({ id, success: true, errors: [] })));
  });

  it('when records are read by Id, then they come in that order, and null for what is not there', async () => {
    const first = await createRecord(client, 'Account', { Name: 'First' });
    const second = await createRecord(client, 'Account', { Name: 'Second' });
    const { body } = await client.get(`${path}/Account?ids=${second},001000000000000AAA,${first}&fields=Name`);
    expect(body).toMatchObject([{ Name: 'Second' }, null, { Name: 'First' }]);
  });

  it('when records are read by Ids in the body, then they come as well', async () => {
    const id = await createRecord(client, 'Account', { Name: 'By body' });
    const { body } = await client.post(`${path}/Account`, { ids: [id], fields: ['Name'] });
    expect(body).toMatchObject([{ Name: 'By body' }]);
  });

  it('when it is empty, then it is refused', async () => {
    const { status, body } = await client.post(path, { records: [] });
    expect([status, body]).toEqual([
      400,
      [{ message: 'At least 1 record is required', errorCode: 'REQUIRED_FIELD_MISSING' }],
    ]);
  });

  it('when it has more than 200 records, then it is refused', async () => {
    const records = Array.from({ length: 201 }, (_, number) => account({ Name: `Many ${number}` }));
    expect((await client.post(path, { records })).status).toBe(400);
  });

  it('when it mixes setup objects with others, then it is refused', async () => {
    const records = [account({ Name: 'Mixed' }), { attributes: { type: 'Group' }, DeveloperName: 'Mixed' }];
    const { status, text } = await client.post(path, { records });
    expect([status, text]).toEqual([
      400,
      expect.stringContaining("You can't create records for multiple object types"),
    ]);
  });
});
