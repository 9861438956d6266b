import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import { buildWorld } from './build-world.ts';
import { evaluate, type ObjectName, type Verdict, type World } from './naive-evaluation.ts';
import { timedOrg } from './practice-settings.ts';
import { worlds } from './random-world.ts';

const objects: readonly ObjectName[] = ['Account', 'Contact', 'Opportunity', 'Case', 'Lead'];
const viewers: readonly string[] = ['ann', 'bob', 'cid', 'dee', 'eve'];

type Answer = { readonly row: string; readonly user: string; readonly verdict: Verdict };

/** Leaves a transaction with what was seen in it. */
class Undo extends Error {
  public readonly answer: unknown;

  public constructor(answer: unknown) {
    super('undone');
    this.answer = answer;
  }
}

/** Runs `look` in the org filled with the world and empties the org again. */
function inside<T>(org: PracticeOrg, world: World, look: (built: ReturnType<typeof buildWorld>) => T): T {
  try {
    return org.store.transaction(() => {
      throw new Undo(look(buildWorld(org, world)));
    });
  } catch (error) {
    if (error instanceof Undo) return error.answer as T;
    throw error;
  }
}

function everyPair(world: World): ReadonlyArray<{ readonly user: string; readonly row: World['rows'][number] }> {
  return viewers.flatMap((user) => world.rows.map((row) => ({ user, row })));
}

function expected(world: World): readonly Answer[] {
  return everyPair(world).map(({ user, row }) => ({ row: row.name, user, verdict: evaluate(world, user, row) }));
}

function answered(org: PracticeOrg, world: World): readonly Answer[] {
  return inside(org, world, ({ userId, recordId }) =>
    everyPair(world).map(({ user, row }) => {
      const number = org.store.table(row.object).rowOf(recordId(row.name)) ?? -1;
      const access = org.access.recordAccess(userId(user), row.object, number);
      const verdict = {
        read: access.hasReadAccess,
        edit: access.hasEditAccess,
        remove: access.hasDeleteAccess,
        transfer: access.hasTransferAccess,
        all: access.hasAllAccess,
        most: access.maxAccessLevel,
      };
      return { row: row.name, user, verdict };
    }),
  );
}

type Seen = { readonly user: string; readonly object: ObjectName; readonly visible: number; readonly editable: number };

function counted(org: PracticeOrg, world: World): readonly Seen[] {
  return inside(org, world, ({ userId }) =>
    viewers.flatMap((user) =>
      objects.map((object) => ({
        user,
        object,
        visible: org.access.visibleRows(userId(user), object).count(),
        editable: org.access.editableRows(userId(user), object).count(),
      })),
    ),
  );
}

function expectedCounts(world: World): readonly Seen[] {
  return viewers.flatMap((user) =>
    objects.map((object) => {
      const verdicts = world.rows.filter((row) => row.object === object).map((row) => evaluate(world, user, row));
      return {
        user,
        object,
        visible: verdicts.filter(({ read }) => read).length,
        editable: verdicts.filter(({ edit }) => edit).length,
      };
    }),
  );
}

describe('Given any small org of roles, groups, rules, defaults, owners and shares', () => {
  const { org } = timedOrg();

  it('when a user asks about each record, then the answer is that of the naive evaluation', () => {
    const sameVerdicts = fc.property(worlds, (world) => {
      expect(answered(org, world)).toEqual(expected(world));
    });
    fc.assert(sameVerdicts, { numRuns: 300 });
  });

  it('when a user counts the records, then the rows are those of the naive evaluation', () => {
    const sameCounts = fc.property(worlds, (world) => {
      expect(counted(org, world)).toEqual(expectedCounts(world));
    });
    fc.assert(sameCounts, { numRuns: 150 });
  });
});
