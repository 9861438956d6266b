import { integrationUser } from '../integration-user.ts';
import { NotAskable, type ProbeApi } from '../probe-api.ts';
import type { Probe } from '../probe.ts';
import { rolledBack, type Write } from '../rolled-back.ts';

/** A composite has 25 subrequests, one of which is the failure that rolls it back. */
const mostUsers = 24;

export const seatsUsedUp: Probe = {
  fact: 'Wording of the refusal when no seat of the licence is left',
  source: 'License Limit Exceeded, followed by " - <licence>" in newer orgs; the form for this licence is inferred.',
  readOnly: false,
  ask: async (api) => rolledBack(api, await oneUserTooMany(api)),
  expected: 'LICENSE_LIMIT_EXCEEDED: License Limit Exceeded - Salesforce Integration',
};

async function oneUserTooMany(api: ProbeApi): Promise<readonly Write[]> {
  const soql = "SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = 'Salesforce Integration'";
  const [licence] = await api.rows(soql);
  const free = Number(licence?.['TotalLicenses']) - Number(licence?.['UsedLicenses']);
  if (!(free < mostUsers)) throw new NotAskable(`${free} seats are free`);
  const bodies = await Promise.all(Array.from({ length: free + 1 }, (_, number) => integrationUser(api, number)));
  return bodies.map((body, number) => ({
    method: 'POST',
    url: '/services/data/v66.0/sobjects/User',
    referenceId: `user${number}`,
    body,
  }));
}
