import { describe, expect, it } from 'vitest';
import { differencesOf, measure, totalOf } from '../../../src/records/differences.js';
import type { FlagRequest } from '../../../src/records/flag-request.js';
import { fakePort } from '../../support/fake-port.ts';

const field = 'Send_to_HubSpot__c';
const condition = 'Industry = null OR Id != null';
const modes: readonly FlagRequest['mode'][] = ['flag', 'unflag', 'sync'];

describe('Given a condition', () => {
  it.each(modes)('When the mode is %s, Then it stands in parentheses wherever it is a part of something', (mode) => {
    for (const { where, except } of differencesOf({ field, mode }, condition)) {
      expect(`${where} ${except ?? ''}`).toContain(`(${condition})`);
    }
  });

  it('When the mode is sync, Then what is not selected is a matter of subtraction', () => {
    expect(differencesOf({ field, mode: 'sync' }, condition)[1]).toEqual({
      value: false,
      where: `${field} = true`,
      except: `(${condition})`,
    });
  });
});

describe('Given ticked rows of which some are selected', () => {
  const unflagOthers = { value: false, where: `${field} = true`, except: `(${condition})` };
  const measuredWith = (all: number, selected: number, notSelected: number | 'not counted' | 'refused') =>
    measure(
      fakePort({
        count: (soql) => {
          if (!soql.includes('NOT'))
            return Promise.resolve({ ok: true, value: soql.includes(condition) ? selected : all });
          return Promise.resolve(
            notSelected === 'refused'
              ? { ok: false, refusal: { errorCode: 'MALFORMED_QUERY', message: 'no NOT here' } }
              : { ok: true, value: notSelected },
          );
        },
      }),
      'Account',
      [unflagOthers],
    );

  it('When NOT counts exactly the others, Then the org is asked for them directly', async () => {
    expect(await measuredWith(10, 4, 6)).toEqual([
      { value: false, where: `${field} = true AND (NOT (${condition}))`, except: null, count: 6 },
    ]);
  });

  it.each([5, 'refused', 'not counted'] as const)(
    'When NOT counts %s, Then they are found by subtraction',
    async (count) => {
      expect(await measuredWith(10, 4, count)).toEqual([{ ...unflagOthers, count: 6 }]);
    },
  );
});

describe('Given counts of differences', () => {
  const part = (count: number | null) => ({ value: true, where: 'Id != null', except: null, count });

  it('When all are known, Then the total is their sum', () => {
    expect(totalOf([part(2), part(3)])).toBe(5);
  });

  it('When one took too long, Then the total is unknown', () => {
    expect(totalOf([part(2), part(null)])).toBeNull();
  });
});
