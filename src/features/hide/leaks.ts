import { answerOr, type Answers, type Row } from '../../observation/question.js';
import { rowsAt, textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import { fieldOf, objectOf } from '../permissions/field-catalogue.js';
import { hideQuestions } from './hide-questions.js';
import { texts } from './texts.js';

/**
 * Formulas are computed without regard to the field-level security of what they mention, and so are roll-ups: a visible one
 * shows a hidden field's value.
 */
export function leakFindings(
  hidden: readonly string[],
  objects: readonly string[],
  answers: Answers,
): readonly Finding[] {
  const hiddenNames = new Set(hidden.map((field) => field.toLowerCase()));
  return objects.flatMap((object) => {
    const metadata = answerOr(answers, hideQuestions.objectMetadata(object), null);
    return (metadata === null ? [] : rowsAt(metadata, 'fields')).flatMap((field) => {
      const name = `${object}.${textAt(field, 'fullName') ?? ''}`;
      if (hiddenNames.has(name.toLowerCase())) return [];
      const shown = hidden.filter((candidate) => shows(field, object, candidate));
      return shown.length === 0 ? [] : [texts.finding('warning', 'FormulaShowsHidden', name, [name, shown.join(', ')])];
    });
  });
}

function shows(field: Row, object: string, hidden: string): boolean {
  const summarized = textAt(field, 'summarizedField');
  if (summarized !== null) return summarized.toLowerCase() === hidden.toLowerCase();
  const formula = textAt(field, 'formula');
  return formula !== null && mentions(formula, object, hidden);
}

/** In the object's own formulas the bare name; elsewhere only at the end of a relationship path. */
function mentions(formula: string, object: string, hidden: string): boolean {
  const escaped = fieldOf(hidden).replaceAll(/[.+?^${}()|[\]\\*]/g, String.raw`\$&`);
  const own = objectOf(hidden).toLowerCase() === object.toLowerCase();
  const pattern = own ? String.raw`(?<![\w])${escaped}(?!\w)` : String.raw`\.${escaped}(?!\w)`;
  return new RegExp(pattern, 'i').test(withoutText(formula));
}

/** Names inside quotes and comments are no references. */
function withoutText(formula: string): string {
  return formula.replaceAll(/"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\//g, ' ');
}
