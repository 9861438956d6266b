import { customObjectSharingModel, standardObjectSharingModel } from '../../metadata/sharing-model.js';
import type { Change } from '../../planning/change.js';
import { isPrivate, modelChanges, type ModelChange, type Models } from './sharing-models.js';
import { accessProbe } from './access-probe.js';
import type { ShareState } from './state.js';
import { texts } from './texts.js';

export function plannedModels(state: ShareState): readonly ModelChange[] {
  return modelChanges(
    state.shared.map(({ name }) => name),
    state.models,
  );
}

/** The default of every object as it will be when the plan is done. */
export function modelsAfter(state: ShareState): ReadonlyMap<string, Models> {
  return new Map([...state.models, ...plannedModels(state).map(({ sobject, after }) => [sobject, after] as const)]);
}

/** OWDs in a deployment of their own: beside a rule, Salesforce has reported success without changing them (forcedotcom/cli#2639). */
export function modelChangesOf(state: ShareState): readonly Change[] {
  return [
    ...plannedModels(state).map((change): Change => ({
      ...modelChange(state, change.sobject, change.after),
      effect: { kind: 'deploy', component: component(state, change) },
      before: modelText(change.before),
      ...(change.because === null ? {} : { message: texts.text('owd.follows', [change.sobject, change.because]) }),
    })),
    ...privateAlready(state),
  ];
}

/** Declared is not in effect: the recalculation that an earlier run started may still be going on. */
function privateAlready(state: ShareState): readonly Change[] {
  return state.shared.flatMap(({ name, models }): readonly Change[] =>
    models !== null && isPrivate(models) ? [{ ...modelChange(state, name, models), effect: { kind: 'none' } }] : [],
  );
}

function modelChange(state: ShareState, sobject: string, after: Models): Omit<Change, 'effect'> {
  return {
    action: 'update',
    type: 'CustomObject',
    name: sobject,
    phase: 'owd',
    gate: { kind: 'owdEffective', sobject, ...after, probe: accessProbe(state, sobject) },
    after: modelText(after),
    integration: state.integration,
  };
}

export function modelText({ internal, external }: Models): string {
  return external === null ? internal : `${internal} / ${external}`;
}

function component(state: ShareState, { sobject, after }: ModelChange) {
  const metadata = state.objects.find(({ name }) => name === sobject)?.metadata ?? {};
  return sobject.endsWith('__c')
    ? customObjectSharingModel(sobject, metadata, after)
    : standardObjectSharingModel(sobject, after);
}
