import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowOutcomes } from '../../../practice-org/bulk/row-outcomes.ts';

type Event = { readonly kind: 'created' | 'updated' | 'failed'; readonly text: string };

const event: fc.Arbitrary<Event> = fc.record({
  kind: fc.constantFrom('created', 'updated', 'failed'),
  text: fc.string(),
});

function record(outcomes: RowOutcomes, { kind, text }: Event): void {
  if (kind === 'failed') outcomes.fail(text);
  else outcomes.save(kind === 'created', kind === 'created' ? text : undefined);
}

function expected({ kind, text }: Event): unknown {
  if (kind === 'failed') return { kind: 'failed', error: text, id: undefined };
  return { kind: 'saved', created: kind === 'created', id: kind === 'created' ? text : undefined };
}

describe('Given the outcomes of a job', () => {
  it('when any number of rows is recorded, then each is read back as it was recorded', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 3000 }), (events) => {
        const outcomes = new RowOutcomes();
        for (const one of events) record(outcomes, one);
        expect(events.map((_, row) => outcomes.at(row))).toEqual(events.map(expected));
      }),
      { numRuns: 20 },
    );
  });

  it('when a row was not reached, then it is unprocessed', () => {
    const outcomes = new RowOutcomes();
    outcomes.save(false, undefined);
    expect(outcomes.at(1)).toEqual({ kind: 'unprocessed' });
  });

  it('when rows failed, then they count among the processed ones', () => {
    const outcomes = new RowOutcomes();
    outcomes.fail('x');
    outcomes.save(true, '001');
    expect([outcomes.processed, outcomes.failedCount]).toEqual([2, 1]);
  });
});
