import type { FieldAccess, VerificationResult } from '../../../planning/verification.js';
import { escaped } from '../markup.js';
import { reportTexts as texts } from '../texts.js';
import { operationWords } from '../words.js';
import { isUnintended, problemFields } from './problems.js';
import { section, text } from './sections.js';

/** Every field that can be hidden, and who shows it: together those that are open in the same way. */
export function fieldSection(result: VerificationResult): string {
  const { fields, objects } = result;
  if (objects.length === 0) return '';
  const problems = problemFields(result);
  const byObject = Map.groupBy(fields, ({ sobject }) => sobject);
  const parts = objects.map(({ sobject, label }) => {
    const groups = Map.groupBy(byObject.get(sobject) ?? [], (field) =>
      JSON.stringify([!field.read, !isUnintended(field, problems), field.edit, field.sources]),
    );
    const ordered = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `<h3>${escaped(label)}</h3>${ordered.map(([, group]) => fieldGroup(group, problems)).join('')}`;
  });
  return section('fields', `<p class="sources">${text('html.alwaysVisible')}</p>${parts.join('')}`);
}

function fieldGroup(group: readonly FieldAccess[], problems: ReadonlySet<string>): string {
  const [first] = group;
  if (first === undefined) return '';
  const names = group.map(({ field }) => fieldName(field)).toSorted();
  const items = names.map((name) => `<li>${escaped(name)}</li>`).join('');
  const unintended = isUnintended(first, problems);
  return `<h4${unintended ? ' class="fail"' : ''}>${escaped(groupTitle(first, unintended))}</h4><ul class="names">${items}</ul>`;
}

function groupTitle({ read, edit, sources }: FieldAccess, unintended: boolean): string {
  if (!read) return texts.getMessage('html.fields.hidden');
  const access = operationWords(edit ? ['read', 'edit'] : ['read']);
  return texts.getMessage(unintended ? 'html.fields.unintended' : 'html.fields.visible', [access, sources.join(', ')]);
}

/** Without its object: that is the heading. */
export function fieldName(field: string): string {
  return field.slice(field.indexOf('.') + 1);
}
