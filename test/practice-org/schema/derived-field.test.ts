import { beforeEach, describe, expect, it } from 'vitest';
import { createPracticeOrg } from '../../../practice-org/org/create-org.ts';
import type { Caller, PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import { defaultSettings } from '../../../practice-org/server/command-line.ts';

let org: PracticeOrg;
let administrator: Caller;

beforeEach(() => {
  org = createPracticeOrg({ ...defaultSettings, records: 0 });
  administrator = { userId: org.adminUserId, apiVersion: 66 };
});

function opportunity(values: Readonly<Record<string, string | number>>): string {
  return org.dml.insert(administrator, 'Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2026-05-31',
    ...values,
  });
}

describe('What follows from an opportunity’s stage', () => {
  it.each([
    ['Prospecting', false, false, 'Pipeline', 10],
    ['Closed Won', true, true, 'Closed', 100],
    ['Closed Lost', true, false, 'Omitted', 0],
  ])(
    'Given stage %s, When the record is read, Then it agrees',
    (StageName, IsClosed, IsWon, ForecastCategory, Probability) => {
      const found = org.store.find('Opportunity', opportunity({ StageName }));
      expect(found).toMatchObject({ IsClosed, IsWon, ForecastCategory, Probability });
    },
  );

  it('Given a probability of one’s own, When the record is created, Then it is kept', () => {
    expect(org.store.find('Opportunity', opportunity({ Probability: 42 }))).toMatchObject({ Probability: 42 });
  });

  it('Given amount and probability, When the record is read, Then the expected amount is their product', () => {
    const id = opportunity({ Amount: 5000, Probability: 40 });
    expect(org.store.find('Opportunity', id)).toMatchObject({ ExpectedRevenue: 2000 });
  });

  it('Given a close date, When the record is read, Then the fiscal period is its quarter', () => {
    expect(org.store.find('Opportunity', opportunity({}))).toMatchObject({
      FiscalYear: 2026,
      FiscalQuarter: 2,
      Fiscal: '2026 2',
    });
  });
});

describe('What follows from a case’s status', () => {
  it('Given a closed case, When it is opened again, Then it has no closing date', () => {
    const id = org.dml.insert(administrator, 'Case', { Subject: 'Question', Status: 'Closed' });
    const closed = org.store.find('Case', id);
    org.dml.update(administrator, 'Case', id, { Status: 'Working' });
    const opened = org.store.find('Case', id);
    expect([closed?.['IsClosed'], typeof closed?.['ClosedDate'], opened?.['IsClosed'], opened?.['ClosedDate']]).toEqual(
      [true, 'string', false, null],
    );
  });

  it('Given two cases, When their numbers are read, Then they count up with eight digits', () => {
    const numbers = ['One', 'Two'].map((Subject) => {
      const id = org.dml.insert(administrator, 'Case', { Subject });
      return org.store.find('Case', id)?.['CaseNumber'];
    });
    expect(numbers).toEqual(['00000001', '00000002']);
  });
});
