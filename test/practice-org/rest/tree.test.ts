import { describe, expect, it } from 'vitest';
import { usePracticeServer } from '../../support/practice-server.ts';

const path = '/services/data/v66.0/composite/tree/Account';

const account = (Name: string, children: readonly unknown[]) => ({
  attributes: { type: 'Account', referenceId: 'account' },
  Name,
  Contacts: { records: children },
});
const contact = (referenceId: string, values: Readonly<Record<string, unknown>>) => ({
  attributes: { type: 'Contact', referenceId },
  ...values,
});

describe('Given a tree of records', () => {
  const client = usePracticeServer();

  it('when it is created, then children belong to their parents', async () => {
    const { status, body } = await client.post(path, {
      records: [account('Tree', [contact('one', { LastName: 'Leaf' })])],
    });
    expect([
      status,
      body,
      await client.query("SELECT Account.Name FROM Contact WHERE LastName = 'Leaf'"),
    ]).toMatchObject([
      201,
      { hasErrors: false, results: [{ referenceId: 'account' }, { referenceId: 'one' }] },
      [{ Account: { Name: 'Tree' } }],
    ]);
  });

  it('when one record is wrong, then none is created and the wrong one is named', async () => {
    const { status, body } = await client.post(path, { records: [account('Felled', [contact('bad', {})])] });
    expect([status, body, await client.query("SELECT Id FROM Account WHERE Name = 'Felled'")]).toMatchObject([
      400,
      { hasErrors: true, results: [{ referenceId: 'bad', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }] },
      [],
    ]);
  });
});
