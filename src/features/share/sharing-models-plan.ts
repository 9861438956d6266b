import { customObjectSharingModel, standardObjectSharingModel } from '../../metadata/sharing-model.js';
import type { Change } from '../../planning/change.js';
import { modelChanges, type ModelChange, type Models } from './sharing-models.js';
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
  return plannedModels(state).map((change) => ({
    action: 'update',
    type: 'CustomObject',
    name: change.sobject,
    phase: 'owd',
    effect: { kind: 'deploy', component: component(state, change) },
    gate: {
      kind: 'owdEffective',
      sobject: change.sobject,
      internal: change.after.internal,
      external: change.after.external,
      probe: accessProbe(state, change.sobject),
    },
    before: modelText(change.before),
    after: modelText(change.after),
    integration: state.integration,
    ...(change.because === null ? {} : { message: texts.text('owd.follows', [change.sobject, change.because]) }),
  }));
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
