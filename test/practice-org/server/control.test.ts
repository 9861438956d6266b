import { describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../../practice-org/server/request-log.ts';
import { usePracticeServer, type PracticeClient } from '../../support/practice-server.ts';

const base = '/services/data/v66.0';

async function log(client: PracticeClient): Promise<readonly LoggedRequest[]> {
  return (await client.get<readonly LoggedRequest[]>('/__practice__/requests')).body;
}

async function lastLogged(client: PracticeClient): Promise<LoggedRequest | undefined> {
  return (await log(client)).at(-1);
}

async function accountNamed(client: PracticeClient, name: string): Promise<readonly unknown[]> {
  return client.query(`SELECT Id FROM Account WHERE Name = '${name}'`);
}

describe('Given the request log', () => {
  const client = usePracticeServer();

  it('when a record is created, then its request counts one change', async () => {
    await client.post(`${base}/sobjects/Account`, { Name: 'Logged' });
    expect(await lastLogged(client)).toMatchObject({
      method: 'POST',
      path: `${base}/sobjects/Account`,
      status: 201,
      user: 'admin@practice.example',
      changed: 1,
      rows: 0,
    });
  });

  it('when records are read, then their number is logged and nothing is changed', async () => {
    await client.query('SELECT Id FROM Account LIMIT 7');
    expect(await lastLogged(client)).toMatchObject({ changed: 0, rows: 7 });
  });

  it('when a write is refused, then nothing is changed', async () => {
    await client.post(`${base}/sobjects/Account`, {});
    expect(await lastLogged(client)).toMatchObject({ status: 400, changed: 0 });
  });

  it('when a request has not been answered yet, then it is logged without a status', async () => {
    await client.post('/__practice__/faults', [{ path: '/limits', times: 1, latencyMs: 300 }]);
    const pending = client.get(`${base}/limits`);
    await expect.poll(() => lastLogged(client)).toMatchObject({ path: `${base}/limits`, status: null });
    await pending;
  });

  it('when a SOAP operation is called, then it is the action', async () => {
    const envelope =
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><describeMetadata xmlns="http://soap.sforce.com/2006/04/metadata"/></soapenv:Body></soapenv:Envelope>';
    await client.post('/services/Soap/m/66.0', envelope, { headers: { 'Content-Type': 'text/xml' } });
    expect(await lastLogged(client)).toMatchObject({ action: 'describeMetadata' });
  });

  it('when it is cleared, then it is empty', async () => {
    await client.get(`${base}/limits`);
    await client.send('DELETE', '/__practice__/requests');
    expect(await log(client)).toEqual([]);
  });
});

describe('Given a fault', () => {
  const client = usePracticeServer();

  async function withFault<T>(fault: Readonly<Record<string, unknown>>, work: () => Promise<T>): Promise<T> {
    await client.post('/__practice__/faults', [fault]);
    try {
      return await work();
    } finally {
      await client.send('DELETE', '/__practice__/faults');
    }
  }

  it('when it has an error code, then the answer has the form of Salesforce', async () => {
    const fault = { path: '/limits', errorCode: 'REQUEST_LIMIT_EXCEEDED' };
    const { status, body } = await withFault(fault, () => client.get(`${base}/limits`));
    expect([status, body]).toEqual([
      403,
      [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ]);
  });

  it('when it has a status only, then the answer is whatever it says', async () => {
    const fault = { path: '/limits', status: 200, message: '<html>maintenance</html>' };
    const { status, text } = await withFault(fault, () => client.get(`${base}/limits`));
    expect([status, text]).toEqual([200, '<html>maintenance</html>']);
  });

  it('when it hits a SOAP request, then the answer is a SOAP fault', async () => {
    const fault = { path: '/Soap/', errorCode: 'INVALID_SESSION_ID' };
    const { status, text } = await withFault(fault, () => client.post('/services/Soap/m/66.0', '<x/>'));
    expect([status, text]).toEqual([500, expect.stringContaining('<faultcode>sf:INVALID_SESSION_ID</faultcode>')]);
  });

  it('when it drops before, then the work is not done', async () => {
    const create = () => client.post(`${base}/sobjects/Account`, { Name: 'Dropped before' });
    await expect(withFault({ method: 'POST', drop: 'before' }, create)).rejects.toThrow();
    expect(await accountNamed(client, 'Dropped before')).toHaveLength(0);
  });

  it('when it drops after, then the work is done without an answer', async () => {
    const create = () => client.post(`${base}/sobjects/Account`, { Name: 'Dropped after' });
    await expect(withFault({ method: 'POST', drop: 'after' }, create)).rejects.toThrow();
    expect(await accountNamed(client, 'Dropped after')).toHaveLength(1);
  });

  it('when it is described wrongly, then the control says what is wrong', async () => {
    const { status, body } = await client.post('/__practice__/faults', [{ pth: 'x' }]);
    expect([status, body]).toEqual([400, { error: 'unknown key in a fault: pth' }]);
  });
});

describe('Given a token for a user', () => {
  const client = usePracticeServer();

  it('when a request carries it, then that user asks', async () => {
    const [user] = await client.query<{ readonly Id: string; readonly Username: string }>(
      `SELECT Id, Username FROM User WHERE IsActive = true AND Id != '${client.server.org.adminUserId}' LIMIT 1`,
    );
    const token = await client.tokenOf(String(user?.Username).toUpperCase());
    const { body } = await client.get<Record<string, string>>('/services/oauth2/userinfo', { token });
    expect(body['user_id']).toBe(user?.Id);
  });

  it('when nobody has that name, then there is none', async () => {
    expect((await client.post('/__practice__/token', { username: 'nobody@x.example' })).status).toBe(404);
  });
});

describe('Given a reset', () => {
  const client = usePracticeServer();

  it('when it is done, then changes are gone and tokens are valid', async () => {
    await client.post(`${base}/sobjects/Account`, { Name: 'Gone' });
    await client.post('/__practice__/reset', {});
    expect(await accountNamed(client, 'Gone')).toHaveLength(0);
  });

  it('when it is done, then the org is the same', async () => {
    const soql = 'SELECT Id, Name, OwnerId FROM Account ORDER BY Id';
    const before = await client.query(soql);
    await client.post('/__practice__/reset', {});
    expect(await client.query(soql)).toEqual(before);
  });
});
