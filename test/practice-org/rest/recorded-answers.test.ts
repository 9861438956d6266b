import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { usePracticeServer } from '../../support/practice-server.ts';
import { createIntegrationUser, createRecord } from '../../support/setup-records.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

/** What stays of an answer when its values are taken away: its keys and the kinds of their values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

function read(folder: string, name: string): string {
  const path = referencePath('wire', 'recorded', folder, name);
  if (path === undefined) throw new Error(`the reference data lacks ${name}`);
  return readFileSync(path, 'utf8');
}

function recorded(name: string): unknown {
  return JSON.parse(read('amp-labs', `test__${name}.json`));
}

type GlobalDescribe = { readonly sobjects: ReadonlyArray<Readonly<Record<string, unknown>>> };

function globalDescribe(): GlobalDescribe {
  const text = read('cumulusci', 'tests__shared_cassettes__GET_sobjects_Global_describe.yaml');
  const { response } = parse(text) as Cassette['interactions'][number];
  return JSON.parse(response.body.string) as GlobalDescribe;
}

type Cassette = {
  readonly interactions: readonly {
    readonly request: { readonly body: string };
    readonly response: { readonly body: { readonly string: string } };
  }[];
};

function cassette(name: string): Cassette['interactions'] {
  return (parse(read('cumulusci', `${name}.yaml`)) as Cassette).interactions;
}

const base = '/services/data/v60.0';

describeWithReference('Given answers that were recorded from real orgs', () => {
  const client = usePracticeServer();
  const sobjects = `${base}/composite/sobjects`;
  const contact = (values: Readonly<Record<string, unknown>>) => ({ attributes: { type: 'Contact' }, ...values });

  it('when a record is created, then the answer has the same shape', async () => {
    const { body } = await client.post(`${base}/sobjects/Account`, { Name: 'Recorded' });
    expect(shapeOf(body)).toEqual(shapeOf(recorded('create-ok')));
  });

  it('when all objects are described, then what may be done with each that was recorded is the same', async () => {
    const properties = ['custom', 'queryable', 'createable', 'updateable', 'deletable'];
    const rights = ({ sobjects: all }: GlobalDescribe) =>
      new Map(all.map((one) => [one['name'], properties.filter((property) => one[property] === true)]));
    const ours = rights((await client.get<GlobalDescribe>(`${base}/sobjects`)).body);
    const theirs = new Map([...rights(globalDescribe())].filter(([name]) => ours.has(name)));
    expect(theirs.get('UserFieldAccess')).toEqual(['queryable']);
    expect(new Map([...ours].filter(([name]) => theirs.has(name)))).toEqual(theirs);
  });

  it('when an empty collection is created, then the answer is the same', async () => {
    const { body } = await client.post(sobjects, { records: [] });
    expect(body).toEqual(recorded('batch__create__contacts__err-bad-request'));
  });

  it('when one row of an all-or-none collection is wrong, then the answer is the same', async () => {
    const { body } = await client.post(sobjects, {
      allOrNone: true,
      records: [contact({}), contact({ LastName: 'x' })],
    });
    expect(body).toEqual(recorded('batch__create__contacts__partial-but-allOrNone'));
  });

  it('when rows are updated without an Id, then the answer is the same', async () => {
    const records = [contact({ LastName: 'x' }), contact({ LastName: 'y' })];
    const { body } = await client.send('PATCH', sobjects, { body: { records } });
    expect(body).toEqual(recorded('batch__update__contacts__err-each-no-ids'));
  });

  it('when a row names an unknown field, then the answer is the same', async () => {
    const ids = [
      await createRecord(client, 'Contact', { LastName: 'One' }),
      await createRecord(client, 'Contact', { LastName: 'Two' }),
    ];
    const records = [contact({ id: ids[0], LastName: 'x' }), contact({ id: ids[1], unknownField_LastName: 'y' })];
    const { body } = await client.send('PATCH', sobjects, { body: { allOrNone: true, records } });
    expect(body).toEqual(recorded('batch__update__contacts__partial-but-allOrNone'));
  });

  it('when an unknown object is queried, then the answer is the same', async () => {
    const soql = 'SELECT Id,Name,BillingCity,IsDeleted FROM Accout';
    const { body } = await client.get(`${base}/query?q=${encodeURIComponent(soql)}`);
    expect(body).toEqual(recorded('unknown-object'));
  });

  it('when a deleted record is deleted again, then the answer is the same', async () => {
    const id = await createRecord(client, 'Account', { Name: 'Twice deleted' });
    await client.send('DELETE', `${base}/sobjects/Account/${id}`);
    const { body } = await client.send('DELETE', `${base}/sobjects/Account/${id}`);
    expect(body).toEqual(recorded('crm__delete__not-found'));
  });

  it('when a permission set is assigned twice, then the answer has the same words', async () => {
    const AssigneeId = await createIntegrationUser(client, 'recorded@acme.example');
    const PermissionSetId = await createRecord(client, 'PermissionSet', { Name: 'Recorded', Label: 'Recorded' });
    const assignment = { AssigneeId, PermissionSetId };
    await createRecord(client, 'PermissionSetAssignment', assignment);
    const { text } = await client.post(`${base}/sobjects/PermissionSetAssignment`, assignment);
    const generic = text
      .replaceAll(AssigneeId.slice(0, 15), '005ak000005hvjJ')
      .replaceAll(PermissionSetId.slice(0, 15), '0PSak00000M9uBB');
    expect(JSON.parse(generic)).toEqual(recorded('metadata__write__err-duplicate-permission-assignment'));
  });

  it('when opportunities are queried, then their rows have the same shape', async () => {
    const soql =
      'SELECT Id, Name, AccountId, Amount, StageName FROM Opportunity WHERE Amount != null AND AccountId != null';
    const { body } = await client.get(`${base}/query?q=${encodeURIComponent(`${soql} LIMIT 2`)}`);
    expect(shapeOf(body)).toEqual(shapeOf(recorded('read-opportunity-with-account')));
  });

  it('when user info is asked for, then it has everything that was recorded', async () => {
    const { body } = await client.get<object>('/services/oauth2/userinfo');
    const keys = Object.keys(recorded('metadata__write__user-info') as object);
    expect(Object.keys(body)).toEqual(expect.arrayContaining(keys));
  });

  it.each([
    'utils__salesforce__tests__cassettes__TestCountSObjects.test_count_sobjects__errors',
    'utils__http__tests__cassettes__TestCompositeParallelSalesforce.test_reference_ids',
  ])('when the composite of %s is sent, then the answer has the same shape', async (name) => {
    for (const { request, response } of cassette(name)) {
      const { body } = await client.post(`${base}/composite`, request.body.replaceAll('vxx.0', 'v60.0'));
      const withRows = response.body.string.replaceAll('"records" : [ ]', '"records" : []');
      expect(withoutRecords(body)).toEqual(withoutRecords(JSON.parse(withRows)));
    }
  });
});

/** Rows of the recorded orgs are not ours: everything round them is compared. */
function withoutRecords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRecords);
  if (typeof value !== 'object' || value === null) return typeof value === 'number' && value < 200 ? 'count' : value;
  const entries = Object.entries(value).filter(([key]) => key !== 'records');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutRecords(item)]));
}

describeWithReference('Given bulk jobs that were recorded from real orgs', () => {
  const client = usePracticeServer();
  const jobs = `${base}/jobs/ingest`;
  let id = '';

  beforeAll(async () => {
    const body = { object: 'Account', operation: 'upsert', externalIdFieldName: 'Id', lineEnding: 'LF' };
    id = (await client.post<{ readonly id: string }>(jobs, body)).body.id;
  });

  it('when an ingest job is created, then the answer has the same shape', async () => {
    const description = { object: 'Account', operation: 'upsert', externalIdFieldName: 'Id' };
    const { body } = await client.post(jobs, description);
    expect(shapeOf(body)).toEqual(shapeOf(recorded('bulk__write__launch-job-opportunity')));
  });

  describe('and a job that is closed', () => {
    it('when it has run, then its answers have the same shapes', async () => {
      await client.send('PUT', `${jobs}/${id}/batches`, { body: 'Id,Rating\n001000000000000AAA,Hot\n' });
      const closed = await client.send('PATCH', `${jobs}/${id}`, { body: { state: 'UploadComplete' } });
      const job = async () => (await client.get<{ readonly state: string }>(`${jobs}/${id}`)).body;
      await expect.poll(async () => (await job()).state).toBe('JobComplete');
      expect([shapeOf(closed.body), shapeOf(await job())]).toEqual([
        shapeOf(recorded('bulk__write__update-job-opportunity')),
        shapeOf(recorded('bulk__info__partial-failure')),
      ]);
    });
  });

  it('when a query job is created, then the answer has the same shape', async () => {
    const { body } = await client.post(`${base}/jobs/query`, { operation: 'query', query: 'SELECT Id FROM Account' });
    expect(shapeOf(body)).toEqual(shapeOf(recorded('bulk__read-launch-job-account')));
  });
});
