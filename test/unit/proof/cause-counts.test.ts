import { describe, expect, it } from 'vitest';
import type { ProofSubject } from '../../../src/features/verification/proof-subjects.js';
import { causesByCount, type RowCounts } from '../../../src/proof/cause-counts.js';

const user = '005000000000001AAA';
const subject: ProofSubject = {
  sobject: 'Account',
  flagField: 'Send_to_HubSpot__c',
  isReadable: true,
  seesEverything: [],
  openDefault: null,
  comesWithFlagged: null,
  userId: user,
  subordinateRoleIds: [],
  principals: [user, '00G000000000001AAA', '00G000000000002AAA'],
  groupNames: new Map([
    ['00G000000000001AAA', 'Sales'],
    ['00G000000000002AAA', 'Service'],
  ]),
  membershipDoubts: [],
  runnerSeesAll: true,
};
const none: RowCounts = { owned: 0, ownedBelow: null, shares: [], shared: 0 };

const share = (RowCause: string, UserOrGroupId: string, rows: number) => ({ RowCause, UserOrGroupId, rows });

describe('Given more visible records than can be gone through one by one', () => {
  const countsOf = (visible: number, counts: Partial<RowCounts>) =>
    [...causesByCount(subject, visible, { ...none, ...counts })].map(([cause, { count, detail }]) =>
      `${cause} ${count} ${detail}`.trim(),
    );

  it('When shares of a rule account for all of them, Then the groups are named', () => {
    const shares = [share('Rule', '00G000000000002AAA', 5_000), share('Rule', '00G000000000001AAA', 15_000)];
    expect(countsOf(20_000, { shares, shared: 20_000 })).toEqual(['rule 20000 Sales, Service']);
  });

  it('When records are shared twice, Then those behind no share stay unexplained', () => {
    const shares = [share('Manual', user, 12_000), share('Rule', '00G000000000001AAA', 12_000)];
    expect(countsOf(20_000, { shares, shared: 12_000 })).toEqual([
      'manual 12000',
      'rule 12000 Sales',
      'unexplained 8000',
    ]);
  });

  it('When the user owns some of them, Then its own shares of those are not counted again', () => {
    const shares = [share('Owner', user, 11_000)];
    expect(countsOf(11_000, { owned: 11_000, shares, shared: 11_000 })).toEqual(['owner 11000']);
  });

  it('When a queue owns them, Then it is named', () => {
    const shares = [share('Owner', '00G000000000001AAA', 11_000)];
    expect(countsOf(11_000, { shares, shared: 11_000 })).toEqual(['queue 11000 Sales']);
  });

  it('When Salesforce counts nothing, Then all of them are unexplained', () => {
    expect(countsOf(20_000, { owned: null, shared: null })).toEqual(['unexplained 20000']);
  });
});
