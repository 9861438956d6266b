import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';
import {
  applyDefinition,
  connectAs,
  filteredDefinition,
  flagRecords,
  idsOf,
  idsWith,
  verifyDefinition,
  type Verified,
} from '../support/verification.ts';

const definition = filteredDefinition();
const clerk = 'clerk@acme.example';

describe('Given an org that is as defined', () => {
  let server: PracticeServer;
  let client: PracticeClient;

  beforeAll(async () => {
    server = await startPracticeServer({ records: 20 });
    client = new PracticeClient(() => server);
    await applyDefinition(await connectTo(server), definition);
    await flagRecords(client, 'Account', await idsOf(client, 'SELECT Id FROM Account ORDER BY Id LIMIT 5'));
    await createRecord(client, 'User', {
      Username: clerk,
      LastName: 'Clerk',
      Email: clerk,
      Alias: 'clerk',
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: (await idsOf(client, "SELECT Id FROM Profile WHERE Name = 'Standard User'"))[0],
    });
  }, 60_000);
  afterAll(() => server.close());

  const verifyAs = async (username: string, asked = definition): Promise<Verified> =>
    verifyDefinition(await connectAs(server, client, username), asked);
  const usernameAlone = { ...definition, integration: null, user: null, grant: null, hide: null, share: null };

  it.each([clerk, practiceUsername])(
    'When it is verified as %s, who may see little of the setup, Then nothing is called wrong that is only unknown',
    async (username) => {
      const verified = await verifyAs(username);
      expect({ exitCode: verified.exitCode, failed: idsWith('fail', verified) }).toEqual({ exitCode: 3, failed: [] });
    },
  );

  it.each([clerk, practiceUsername])(
    'When it is verified as %s, Then no records are claimed to be proven exactly',
    async (username) => {
      const { result } = await verifyAs(username);
      expect(result.proof.map(({ sobject, status }) => `${sobject} ${status}`)).toEqual([
        'Account unknown',
        'Contact unknown',
      ]);
    },
  );

  it.each([clerk, practiceUsername])(
    'When only the username is given, as %s, Then what follows from permissions is unknown',
    async (username) => {
      const verified = await verifyAs(username, usernameAlone);
      expect({
        exitCode: verified.exitCode,
        failed: idsWith('fail', verified),
        unknown: idsWith('unknown', verified).includes('records'),
      }).toEqual({ exitCode: 3, failed: [], unknown: true });
    },
  );

  it('When something is refused, Then the reason is said without the query', async () => {
    const { result } = await verifyAs(clerk);
    const evidence = result.checks.filter(({ status }) => status === 'unknown').flatMap((check) => check.evidence);
    expect({
      reasons: evidence.filter((text) => /not supported|insufficient/i.test(text)).length > 0,
      queries: evidence.filter((text) => /SELECT|Row:\d|\^|(\b[A-Z_]+): \1/.test(text)),
    }).toEqual({ reasons: true, queries: [] });
  });
});
