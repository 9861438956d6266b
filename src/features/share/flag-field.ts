import {
  descriptionLengths,
  isOwned,
  readOwnership,
  writeOwnership,
  type StartingModel,
} from '../../definition/ownership.js';
import { checkboxField } from '../../metadata/custom-field.js';
import type { Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { followersOf } from './sharing-models.js';
import type { SharedState, ShareState } from './state.js';
import { texts } from './texts.js';

export function flagChanges(state: ShareState): readonly Change[] {
  return state.shared.map((object) => flagChange(state, object));
}

/** What can be wrong with a field that has the flag's name already. */
export function flagFindings(state: ShareState): readonly Finding[] {
  return state.shared.flatMap((object): readonly Finding[] => {
    const { flag } = object;
    const name = fullName(state, object);
    if (flag === null) return [];
    if ((flag.formula ?? '') !== '') return [texts.finding('error', 'FlagIsFormula', name, [name])];
    if (!flag.isStoredCheckbox) return [texts.finding('error', 'FlagHasOtherType', name, [name, flag.type ?? ''])];
    const findings: Finding[] = [];
    if (!isOwned(flag.description, state.integration))
      findings.push(texts.finding('warning', 'FlagAdopted', name, [name]));
    if (flag.defaultValue === 'true') findings.push(texts.finding('warning', 'FlagTickedByDefault', name, [name]));
    return findings;
  });
}

function flagChange(state: ShareState, object: SharedState): Change {
  const base = {
    action: 'create',
    type: 'CustomField',
    name: fullName(state, object),
    phase: 'metadata',
    integration: state.integration,
  } as const;
  const { flag } = object;
  if (flag !== null && !needsUpdate(state, object)) return { ...base, effect: { kind: 'none' }, after: 'Checkbox' };
  const component = checkboxField({
    object: object.name,
    name: state.names.flagField,
    label: state.names.flagLabel,
    description: description(state, object),
  });
  return {
    ...base,
    action: flag === null ? 'create' : 'update',
    effect: { kind: 'deploy', component },
    after: 'Checkbox',
  };
}

/** Only a field of our own is written again, and only to remember a default that this run is about to change. */
function needsUpdate(state: ShareState, object: SharedState): boolean {
  const owner = readOwnership(object.flag?.description);
  if (!isOwned(object.flag?.description, state.integration) || owner === null) return false;
  const remembered = owner.startingModels.map((model) => model.object);
  return startingModels(state, object).some((model) => !remembered.includes(model.object));
}

function description(state: ShareState, object: SharedState): string {
  const remembered = readOwnership(object.flag?.description)?.startingModels ?? [];
  const added = startingModels(state, object).filter((model) => !remembered.some((old) => old.object === model.object));
  const text = texts.text('flag.description', [state.integration]);
  return writeOwnership(text, state.integration, descriptionLengths.CustomField, [...remembered, ...added]);
}

/** The defaults found at the start, internal and external, of the object and of everything that moves with it. */
export function startingModels(state: ShareState, object: SharedState): readonly StartingModel[] {
  return [object.name, ...followersOf(object.name)].flatMap((name) => {
    const models = state.models.get(name);
    return models === undefined ? [] : [{ object: name, ...models }];
  });
}

function fullName(state: ShareState, object: SharedState): string {
  return `${object.name}.${state.names.flagField}`;
}
