import type { PracticeOrg } from '../org/practice-org.ts';
import type { Membership } from './membership.ts';
import { newOrgDefaults, type Models } from './models.ts';
import { readMembership } from './read-membership.ts';
import type { Effects, Recalculation } from './recalculation.ts';
import type { RestrictionRule } from './restriction.ts';
import type { EffectiveConfiguration, SharingConfiguration } from './sharing.ts';

export type State = {
  readonly declared: SharingConfiguration;
  readonly effective: EffectiveConfiguration;
  /** As the rows are now; it decides access only when its recalculation has ended. */
  readonly membership: Membership;
  readonly running: readonly Recalculation[];
  /** Which models decided access from when on, newest last: EntityDefinition may answer from a cache. */
  readonly modelHistory: ReadonlyArray<{ readonly from: number; readonly models: Models }>;
  readonly restrictionRules: readonly RestrictionRule[];
};

/**
 * Declared and effective sharing. Nothing happens on timers: what a recalculation ends is applied by the first look at the
 * configuration after its end. The whole state is one immutable value, so that a rolled-back transaction restores it.
 */
export function createSharingState({
  settings,
  clock,
  schema,
  store,
}: Pick<PracticeOrg, 'settings' | 'clock' | 'schema' | 'store'>) {
  let versions = 0;
  let operations = 0;
  let openOperation: number | undefined;
  let state = initialState();

  function initialState(): State {
    const models = newOrgDefaults(schema, settings);
    const membership = readMembership(store);
    return {
      declared: { models, rules: [] },
      effective: { models, rules: [], membership, version: ++versions },
      membership,
      running: [],
      modelHistory: [{ from: 0, models }],
      restrictionRules: [],
    };
  }

  function change(next: Partial<State>): void {
    const before = state;
    state = { ...state, ...next };
    store.journal(() => {
      state = before;
    });
  }

  function applied(effects: Effects, at: number): Pick<State, 'effective' | 'modelHistory'> {
    const effective = { ...state.effective, ...effects, version: ++versions };
    const { modelHistory } = state;
    return {
      effective,
      modelHistory: effects.models ? [...modelHistory, { from: at, models: effects.models }] : modelHistory,
    };
  }

  /** Lets every recalculation take effect whose time has come. */
  function current(): State {
    const now = clock.now();
    for (let first = state.running[0]; first && first.endsAt <= now; first = state.running[0]) {
      state = { ...state, ...applied(first.finish(state.effective), first.endsAt), running: state.running.slice(1) };
    }
    return state;
  }

  function start(kind: Recalculation['kind'], objects: readonly string[], finish: Recalculation['finish']): void {
    const endsAt = clock.now() + settings.recalculationMs;
    const operation = openOperation ?? ++operations;
    change({ running: [...state.running, { kind, objects, operation, endsAt, finish }] });
  }

  /** What runs because of other operations than the open one. */
  function others(): readonly Recalculation[] {
    return current().running.filter(({ operation }) => operation !== openOperation);
  }

  function together<T>(work: () => T): T {
    if (openOperation !== undefined) return work();
    openOperation = ++operations;
    try {
      return work();
    } finally {
      openOperation = undefined;
    }
  }

  return { current, change, applied, start, others, together };
}
