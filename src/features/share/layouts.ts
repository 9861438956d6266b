import { addFieldToLayout, isOnLayout } from '../../metadata/layout.js';
import { answerOr } from '../../observation/question.js';
import type { Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { decodedName, listedName } from './layout-names.js';
import { shareQuestions } from './questions.js';
import type { SharedState, ShareState } from './state.js';
import { texts } from './texts.js';

/** A field that a deployment makes is on no page layout: people cannot tick what they do not see. */
export function layoutChanges(state: ShareState): readonly Change[] {
  return state.share.addToLayouts.flatMap((name): readonly Change[] => {
    const layout = answerOr(state.answers, shareQuestions.layout(listedName(state.answers, name)), null);
    const component =
      layout === null ? null : addFieldToLayout(listedName(state.answers, name), layout, state.names.flagField);
    if (layout === null || component === null) return [];
    const done = isOnLayout(layout, state.names.flagField);
    return [
      {
        action: 'update',
        type: 'Layout',
        name,
        phase: 'metadata',
        integration: state.integration,
        effect: done ? { kind: 'none' } : { kind: 'deploy', component },
        after: state.names.flagField,
      },
    ];
  });
}

export function layoutFindings(state: ShareState): readonly Finding[] {
  const existing = answerOr(state.answers, shareQuestions.layouts, []).map(decodedName);
  const unknown = state.share.addToLayouts.filter((name) => !existing.includes(decodedName(name)));
  const refused = unknown.map((name) =>
    texts.finding('error', 'LayoutNotFound', name, [name, objectLayouts(existing, name).join(', ')]),
  );
  const hidden = state.shared.flatMap((object) => newFlagFindings(state, object, existing));
  return [...refused, ...otherObjectFindings(state), ...hidden];
}

/** The flag exists only on the objects that are shared. */
function otherObjectFindings(state: ShareState): readonly Finding[] {
  const shared = state.shared.map(({ name }) => name);
  return state.share.addToLayouts
    .filter((name) => !shared.some((sobject) => decodedName(name).startsWith(`${sobject}-`)))
    .map((name) => texts.finding('error', 'LayoutOfOtherObject', name, [name, shared.join(', ')]));
}

function newFlagFindings(state: ShareState, object: SharedState, existing: readonly string[]): readonly Finding[] {
  const layouts = existing.filter((name) => name.startsWith(`${object.name}-`));
  const missing = layouts.filter((name) => !state.share.addToLayouts.map(decodedName).includes(name));
  if (object.flag !== null || missing.length === 0) return [];
  return [
    texts.finding('info', 'FlagOnNoLayout', object.name, [state.names.flagLabel, object.name, missing.join(', ')]),
  ];
}

/** Layouts of the object that the wrong name starts with. */
function objectLayouts(existing: readonly string[], name: string): readonly string[] {
  const sobject = name.split('-')[0] ?? name;
  const own = existing.filter((layout) => layout.startsWith(`${sobject}-`));
  return own.length > 0 ? own : existing.slice(0, 5);
}
