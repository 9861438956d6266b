import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usePracticeServer } from '../support/practice-server.ts';
import { createIntegrationUser } from '../support/setup-records.ts';
import { StockCli } from '../support/stock-cli.ts';

type QueryAnswer = {
  readonly totalSize: number;
  readonly records: readonly Readonly<Record<string, unknown>>[];
};

/** Installing the CLI takes its time on a machine that has never run these tests. */
const installMs = 600_000;
/** Each command is a process of its own. */
const commandsMs = 120_000;

describe('Given the stock CLI, logged in to a practice org', { timeout: commandsMs }, () => {
  const client = usePracticeServer({ records: 100 });
  let cli: StockCli;

  beforeAll(async () => {
    cli = await StockCli.create();
    await cli.login(client.server, 'practice');
  }, installMs);
  afterAll(() => cli.dispose());

  const sf = <Result>(command: string, ...more: readonly string[]) =>
    cli.json<Result>([...command.split(' '), '--target-org', 'practice', ...more]);

  it('when the org is displayed, then it is connected under its newest version', async () => {
    const { result } = await sf('org display');
    expect(result).toMatchObject({
      id: client.server.org.organizationId,
      username: 'admin@practice.example',
      apiVersion: '66.0',
      connectedStatus: 'Connected',
    });
  });

  it('when the orgs are listed, then it is among them and connected', async () => {
    const { result } = await cli.json<{
      readonly other: readonly unknown[];
      readonly nonScratchOrgs: readonly unknown[];
    }>(['org', 'list']);
    expect([...result.other, ...result.nonScratchOrgs]).toContainEqual(
      expect.objectContaining({ alias: 'practice', connectedStatus: 'Connected' }),
    );
  });

  it('when records are queried, then they come with their parents', async () => {
    const { result } = await sf<QueryAnswer>('data query', '--query', 'SELECT Id, Owner.Name FROM Account LIMIT 3');
    expect(result).toMatchObject({
      totalSize: 3,
      records: [{ Owner: { Name: expect.any(String) as string } }, {}, {}],
    });
  });

  it('when records are queried for people, then they come as a table', async () => {
    const query = 'SELECT Name, Owner.Name FROM Account ORDER BY Id LIMIT 2';
    const { stdout } = await cli.run(['data', 'query', '--target-org', 'practice', '--query', query]);
    expect(stdout).toContain('OWNER.NAME');
  });

  it('when a tooling object is queried, then its rows come', async () => {
    const query =
      "SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = 'Account'";
    const { result } = await sf<QueryAnswer>('data query', '--use-tooling-api', '--query', query);
    expect(result.records).toMatchObject([{ QualifiedApiName: 'Account', InternalSharingModel: 'ReadWrite' }]);
  });

  it('when a query is wrong, then the error is the one of Salesforce', async () => {
    const answer = await sf('data query', '--query', 'SELECT Nonsense FROM Account');
    expect(answer).toMatchObject({
      status: 1,
      name: 'INVALID_FIELD',
      message: expect.stringContaining("No such column 'Nonsense' on entity 'Account'") as string,
    });
  });

  it('when a record is created, read, updated and deleted, then each step succeeds', async () => {
    const created = await sf<{ readonly id: string }>(
      'data create record',
      '--sobject',
      'Account',
      '--values',
      'Name=Stock',
    );
    const id = created.result.id;
    const record = ['--sobject', 'Account', '--record-id', id];
    const read = await sf<Readonly<Record<string, unknown>>>('data get record', ...record);
    const updated = await sf('data update record', ...record, '--values', 'Rating=Hot');
    const rows = await client.query(`SELECT Rating FROM Account WHERE Id = '${id}'`);
    const deleted = await sf('data delete record', ...record);
    expect([read.result['Name'], updated.status, rows, deleted.status]).toMatchObject([
      'Stock',
      0,
      [{ Rating: 'Hot' }],
      0,
    ]);
  });

  it('when an object is described, then its fields come', async () => {
    const { result } = await sf<{ readonly fields: readonly { readonly name: string }[] }>(
      'sobject describe',
      '--sobject',
      'Account',
    );
    expect(result.fields.map((field) => field.name)).toEqual(expect.arrayContaining(['Id', 'Name', 'OwnerId']));
  });

  it('when objects are listed, then Account is among them', async () => {
    expect((await sf<readonly string[]>('sobject list')).result).toContain('Account');
  });

  it('when licence and permission set are assigned, then the user has both', async () => {
    const username = 'stock@acme.example';
    const userId = await createIntegrationUser(client, username);
    await client.post('/services/data/v66.0/sobjects/PermissionSet', { Name: 'Stock_Set', Label: 'Stock set' });
    const whom = ['--on-behalf-of', username];
    const licence = await sf('org assign permsetlicense', '--name', 'SalesforceAPIIntegrationPsl', ...whom);
    const set = await sf('org assign permset', '--name', 'Stock_Set', ...whom);
    const rows = await client.query(
      `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${userId}' AND PermissionSet.IsOwnedByProfile = false`,
    );
    expect([licence.status, set.status, rows]).toMatchObject([0, 0, [{ PermissionSet: { Name: 'Stock_Set' } }]]);
  });

  it('when a permission set is assigned twice, then the second time fails', async () => {
    const username = 'twice@acme.example';
    await createIntegrationUser(client, username);
    await client.post('/services/data/v66.0/sobjects/PermissionSet', { Name: 'Twice_Set', Label: 'Twice set' });
    const argv = ['--name', 'Twice_Set', '--on-behalf-of', username];
    await sf('org assign permset', ...argv);
    expect(await sf('org assign permset', ...argv)).toMatchObject({
      status: 1,
      result: { failures: [{ message: expect.stringContaining('Duplicate PermissionSetAssignment') as string }] },
    });
  });

  it('when the limits are listed, then API requests are among them', async () => {
    expect((await sf<readonly unknown[]>('org list limits')).result).toContainEqual(
      expect.objectContaining({ name: 'DailyApiRequests', max: 100_000 }),
    );
  });

  it('when a REST address is called, then its answer comes back', async () => {
    const { stdout } = await cli.run(['api', 'request', 'rest', '/services/data', '--target-org', 'practice']);
    expect(stdout).toContain('/services/data/v66.0');
  });

  it('when it logs in as another user, then that user asks', async () => {
    const accessToken = await client.tokenOf('stock@acme.example');
    await cli.login({ url: client.server.url, accessToken }, 'integration');
    const { result } = await cli.json<{ readonly username: string }>(['org', 'display', '--target-org', 'integration']);
    expect(result.username).toBe('stock@acme.example');
  });
});
