import { afterEach, describe, expect, it } from 'vitest';
import { quirkValues } from '../../practice-org/org/settings.ts';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { practiceUsername, userPart } from '../support/engine.ts';
import { grantPart, hidePart, requestsOf, run, visibleFields } from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

let server: PracticeServer;

afterEach(async () => {
  await server.close();
});

/** Without the integration licence there is no integration user; everything else must make no difference. */
const quirks = Object.entries(quirkValues).flatMap(([name, values]) =>
  values.filter((value) => value !== 'professional').map((value) => [name, value] as const),
);

const definition = {
  user: userPart(),
  hide: hidePart({ fields: ['Account.Fax', 'Contact.*Phone'] }),
  grant: grantPart({ objects: { Account: ['edit'], Contact: ['read'] }, readFields: ['Account.*', 'Contact.*'] }),
};

describe.each(['old', 'new'] as const)('Given an org with the %s integration profile', (profileGeneration) => {
  it.each(quirks)(
    'When it is one where %s=%s, Then the same is hidden and granted, and again nothing is done',
    async (name, value) => {
      server = await startPracticeServer({ records: 0, profileGeneration, quirks: { [name]: value } });
      const client = new PracticeClient(() => server);
      const connection = await connectTo(server);
      const first = await run(connection, definition);
      const { requests, outcome: second } = await requestsOf(client, () => run(connection, definition));
      const token = await client.tokenOf(practiceUsername);
      const account = await visibleFields(client, 'Account', token);
      const contact = await visibleFields(client, 'Contact', token);
      expect({
        exitCodes: [first.exitCode, second.exitCode],
        written: requests.filter(({ changed }) => changed > 0),
        seen: ['Account.Fax', 'Account.Phone'].map((field) => account.has(field)),
        phones: ['Contact.Phone', 'Contact.MobilePhone', 'Contact.Title'].map((field) => contact.has(field)),
      }).toEqual({ exitCodes: [0, 0], written: [], seen: [false, true], phones: [false, false, true] });
    },
  );
});
