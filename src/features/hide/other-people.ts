import { answerOr } from '../../observation/question.js';
import { numberAt, textAt } from '../../observation/row.js';
import type { Counted, Impact } from '../../planning/impact.js';
import type { PermissionSource } from '../permissions/held-permissions.js';
import { hideQuestions, namedPeople } from './hide-questions.js';
import { sharedSourceIds } from './questions.js';
import { sourceText } from './source-text.js';
import { rowsToTake, type HideState } from './state.js';
import { texts } from './texts.js';

/** So many usernames stand in a message; the rest is counted. */
const shownPeople = 20;

/** Whoever else has the profile, or a set of the plugin's, loses the fields too. */
export function impacts(state: HideState): readonly Impact[] {
  const bySource = Map.groupBy(rowsToTake(state), ({ source }) => source);
  const others = otherHolders(state);
  return [...bySource].flatMap(([source, rows]) =>
    source.kind === 'profile'
      ? profileImpact(state, source, rows.length)
      : setImpact(source, rows.length, others.get(source.id) ?? 0),
  );
}

/** How many other active users hold each set or group that gives a selected field, by its Id. */
export function otherHolders({ held, fields, definition, answers }: HideState): ReadonlyMap<string, number> {
  const ids = sharedSourceIds(held, fields);
  const rows = ids.length === 0 ? [] : answerOr(answers, hideQuestions.otherHolders(ids, definition.username), []);
  return new Map(rows.map((row) => [textAt(row, 'PermissionSetId') ?? '', numberAt(row, 'holders') ?? 0]));
}

function profileImpact(state: HideState, { profileId, name }: PermissionSource, fields: number): readonly Impact[] {
  if (profileId === null) return [];
  const { username } = state.definition;
  const rows = answerOr(state.answers, hideQuestions.othersOnProfile(profileId, username), []);
  if (rows.length === 0) return [];
  const people: Counted =
    rows.length < namedPeople
      ? rows.length
      : answerOr(state.answers, hideQuestions.countOnProfile(profileId, username), 'not counted');
  const names = rows.map((row) => textAt(row, 'Username') ?? '').slice(0, shownPeople);
  const listed = rows.length > names.length ? [...names, '…'] : names;
  return [
    {
      on: name,
      change: texts.text('impact.change'),
      people,
      records: null,
      message: texts.text('impact.profile', [name, fields, people, listed.join(', ')]),
      consent: 'profile',
    },
  ];
}

function setImpact(source: PermissionSource, fields: number, people: number): readonly Impact[] {
  if (people === 0) return [];
  return [
    {
      on: source.name,
      change: texts.text('impact.change'),
      people,
      records: null,
      message: texts.text('impact.set', [sourceText(source), fields, people]),
      consent: null,
    },
  ];
}
