import { describe, expect, it } from 'vitest';
import { FailureReasons } from '../../../src/records/failure-reasons.js';

async function reasonsOf(messages: readonly string[]): Promise<FailureReasons> {
  const reasons = new FailureReasons();
  for (const [index, message] of messages.entries()) {
    await reasons.add({ id: `id ${index}`, value: 'true', errorCode: 'X', message });
  }
  return reasons;
}

const told = (reasons: FailureReasons) => {
  const { reasons: top, others } = reasons.top(2);
  return { top: top.map(({ row, count, ids }) => [row.message, count, ids]), others };
};

describe('Given rows that could not be written', () => {
  it('When they have few reasons, Then these are counted, the most frequent first, with a few Ids each', async () => {
    const reasons = await reasonsOf(['a', 'b', 'b', 'b', 'b', 'c']);
    expect(told(reasons)).toEqual({
      top: [
        ['b', 4, ['id 1', 'id 2', 'id 3']],
        ['a', 1, ['id 0']],
      ],
      others: 1,
    });
  });

  it('When their reasons differ by the record they name, Then these are one reason', async () => {
    const reasons = await reasonsOf(['locked: 001000000000001AAA', 'locked: 001000000000002AAA']);
    expect(told(reasons)).toEqual({ top: [['locked: 001000000000001AAA', 2, ['id 0', 'id 1']]], others: 0 });
  });

  it('When each has a reason of its own, Then few are kept, and all are counted', async () => {
    const reasons = await reasonsOf(Array.from({ length: 1_000 }, (_, index) => `reason ${index}`));
    expect(told(reasons)).toEqual({ top: [expect.anything(), expect.anything()], others: 998 });
  });

  it('When all rows are tried anew, Then nothing of it holds any more', async () => {
    const reasons = await reasonsOf(['a', 'b']);
    await reasons.restart();
    expect(told(reasons)).toEqual({ top: [], others: 0 });
  });
});
