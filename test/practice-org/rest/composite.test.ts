import { describe, expect, it } from 'vitest';
import { usePracticeServer } from '../../support/practice-server.ts';
import { integrationUserBody } from '../../support/setup-records.ts';

const base = '/services/data/v66.0';

type Composite = {
  readonly compositeResponse: readonly {
    readonly body: unknown;
    readonly httpStatusCode: number;
    readonly referenceId: string;
  }[];
};

const createAccount = (referenceId: string, body: unknown) =>
  ({ method: 'POST', url: `${base}/sobjects/Account`, referenceId, body }) as const;
const halted = {
  errorCode: 'PROCESSING_HALTED',
  message: 'The transaction was rolled back since another operation in the same transaction failed.',
};

describe('Given a composite request', () => {
  const client = usePracticeServer();
  const composite = (compositeRequest: readonly unknown[], allOrNone = false) =>
    client.post<Composite>(`${base}/composite`, { allOrNone, compositeRequest });
  const accountsNamed = (name: string) => client.query(`SELECT Id FROM Account WHERE Name = '${name}'`);

  it('when a subrequest refers to an earlier one, then it uses its answer', async () => {
    const { body } = await composite([
      createAccount('account', { Name: 'Referred' }),
      {
        method: 'POST',
        url: `${base}/sobjects/Contact`,
        referenceId: 'contact',
        body: { LastName: 'Refers', AccountId: '@{account.id}' },
      },
      {
        method: 'GET',
        url: `${base}/query?q=SELECT Account.Name FROM Contact WHERE Id = '@{contact.id}'`,
        referenceId: 'read',
      },
    ]);
    expect(body.compositeResponse.at(-1)).toMatchObject({
      httpStatusCode: 200,
      body: { records: [{ Account: { Name: 'Referred' } }] },
    });
  });

  it('when a subrequest fails without allOrNone, then those that need it are halted and the rest is done', async () => {
    const { body } = await composite([
      createAccount('broken', {}),
      createAccount('needs', { Name: '@{broken.id}' }),
      createAccount('independent', { Name: 'Independent' }),
    ]);
    expect(body.compositeResponse.map((response) => response.httpStatusCode)).toEqual([400, 400, 201]);
  });

  it('when a subrequest fails with allOrNone, then all are rolled back', async () => {
    const { body } = await composite([createAccount('one', { Name: 'Together' }), createAccount('two', {})], true);
    expect([body.compositeResponse[0]?.body, await accountsNamed('Together')]).toEqual([[halted], []]);
  });

  it('when a collection in it has a wrong row, then allOrNone rolls back everything', async () => {
    await composite(
      [
        createAccount('one', { Name: 'With collection' }),
        {
          method: 'POST',
          url: `${base}/composite/sobjects`,
          referenceId: 'rows',
          body: { allOrNone: false, records: [{ attributes: { type: 'Account' } }] },
        },
      ],
      true,
    );
    expect(await accountsNamed('With collection')).toEqual([]);
  });

  it('when setup and other objects are written in one transaction, then the second kind is refused', async () => {
    const group = {
      method: 'POST',
      url: `${base}/sobjects/Group`,
      referenceId: 'group',
      body: { Name: 'Mixed', DeveloperName: 'Mixed' },
    };
    const { body } = await composite([createAccount('account', { Name: 'Mixed' }), group], true);
    expect(body.compositeResponse[1]?.body).toMatchObject([{ errorCode: 'MIXED_DML_OPERATION' }]);
  });

  it('when it has more than 25 subrequests, then it is refused', async () => {
    const requests = Array.from({ length: 26 }, (_, number) => createAccount(`r${number}`, { Name: 'x' }));
    expect((await composite(requests)).status).toBe(400);
  });

  it('when it has more than five queries, then it is refused', async () => {
    const requests = Array.from({ length: 6 }, (_, number) => ({
      method: 'GET',
      url: `${base}/query?q=SELECT Id FROM User LIMIT 1`,
      referenceId: `q${number}`,
    }));
    expect((await composite(requests)).status).toBe(400);
  });

  it('when a referenceId occurs twice, then it is refused', async () => {
    expect((await composite([createAccount('a', { Name: 'x' }), createAccount('a', { Name: 'y' })])).status).toBe(400);
  });

  it('when an address is one of the Tooling API, then it is not found', async () => {
    const url = `${base}/tooling/query?q=SELECT Id FROM Profile`;
    const { body } = await composite([{ method: 'GET', url, referenceId: 'tooling' }]);
    expect(body.compositeResponse[0]?.httpStatusCode).toBe(404);
  });

  it('when an address is unknown, then that subrequest alone is not found', async () => {
    const { body } = await composite([{ method: 'GET', url: `${base}/nonsense`, referenceId: 'unknown' }]);
    expect(body.compositeResponse[0]).toEqual({
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      httpHeaders: {},
      httpStatusCode: 404,
      referenceId: 'unknown',
    });
  });
});

describe.each([
  ['accept', [201, 201]],
  ['refuse', [201, 400]],
] as const)(
  'Given setup rows of several types in one composite and the quirk composite-setup=%s',
  (quirk, statuses) => {
    const client = usePracticeServer({ quirks: { 'composite-setup': quirk } });

    it(`when user and licence are written together, then the answers are ${statuses.join(' and ')}`, async () => {
      const [licence] = await client.query(
        "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
      );
      const { body } = await client.post<Composite>(`${base}/composite`, {
        compositeRequest: [
          {
            method: 'POST',
            url: `${base}/sobjects/User`,
            referenceId: 'user',
            body: await integrationUserBody(client, 'composite@acme.example'),
          },
          {
            method: 'POST',
            url: `${base}/sobjects/PermissionSetLicenseAssign`,
            referenceId: 'licence',
            body: { AssigneeId: '@{user.id}', PermissionSetLicenseId: licence?.['Id'] },
          },
        ],
      });
      expect(body.compositeResponse.map((response) => response.httpStatusCode)).toEqual(statuses);
    });
  },
);

describe('Given a batch request', () => {
  const client = usePracticeServer();
  const batch = (batchRequests: readonly unknown[], haltOnError = false) =>
    client.post<{ readonly hasErrors: boolean; readonly results: readonly { readonly statusCode: number }[] }>(
      `${base}/composite/batch`,
      { haltOnError, batchRequests },
    );

  it('when subrequests are independent, then each has its own answer', async () => {
    const { body } = await batch([
      { method: 'GET', url: 'v66.0/query?q=SELECT COUNT() FROM Account' },
      { method: 'GET', url: 'v66.0/sobjects/Account/001000000000000AAA' },
    ]);
    expect([body.hasErrors, body.results.map((result) => result.statusCode)]).toEqual([true, [200, 404]]);
  });

  it('when it halts on errors, then what follows one is not done', async () => {
    const { body } = await batch(
      [
        { method: 'GET', url: 'v66.0/nonsense' },
        { method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name: 'Not reached' } },
      ],
      true,
    );
    expect(body.results[1]?.statusCode).toBe(412);
  });

  it('when a path is one of the Tooling API, then it is not found', async () => {
    const { body } = await batch([{ method: 'GET', url: 'v66.0/tooling/query?q=SELECT Id FROM Profile' }]);
    expect(body.results[0]?.statusCode).toBe(404);
  });

  it('when it has more than 25 subrequests, then it is refused', async () => {
    const requests = Array.from({ length: 26 }, () => ({ method: 'GET', url: 'v66.0/limits' }));
    expect((await batch(requests)).status).toBe(400);
  });

  it('when it is answered, then each subrequest counts as an API call', async () => {
    const used = async () => {
      const { headers } = await client.get(`${base}/limits`);
      return Number(/api-usage=(\d+)/.exec(headers.get('sforce-limit-info') ?? '')?.[1]);
    };
    const before = await used();
    await batch([
      { method: 'GET', url: 'v66.0/limits' },
      { method: 'GET', url: 'v66.0/limits' },
    ]);
    // Two subrequests, the batch itself, and the request that asks.
    expect((await used()) - before).toBe(4);
  });
});
