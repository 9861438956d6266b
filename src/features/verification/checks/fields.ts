import { differenceCodes, type Finding } from '../../../planning/finding.js';
import { hideQuestions } from '../../hide/hide-questions.js';
import { leakFindings } from '../../hide/leaks.js';
import { objectOf } from '../../permissions/field-catalogue.js';
import { sameName, visibleThrough } from '../../permissions/held-permissions.js';
import { heldQuestions, permissionQuestions } from '../../permissions/questions.js';
import type { CheckDefinition } from '../check.js';
import { fieldAccess, hiddenFields, objectAccess } from '../effective-access.js';
import { concernedObjects } from '../questions.js';
import { texts } from '../texts.js';

/** What the definition hides is given by nobody. */
export const fieldsHidden: CheckDefinition = {
  id: 'hidden-fields',
  isAsked: ({ definition, user }) => definition.hide !== null && user !== null,
  needs: ({ definition }) => [...heldQuestions(definition.username), permissionQuestions.legalFields],
  examine: (state) => {
    const { hideDrift, definition, answers } = state;
    const stillGiven = hideDrift.changes.map((change) =>
      texts.finding('warning', 'FieldVisible', change.name, [change.name]),
    );
    const byOthers = hideDrift.findings.filter(({ code }) => differenceCodes.includes(code));
    const hidden = hiddenFields(definition, answers);
    const visibleByOwn = hidden
      .filter((field) => visibleThrough(state.held, field).length > 0)
      .filter((field) => ![...stillGiven, ...byOthers].some(({ subject }) => subject.startsWith(field)))
      .map((field) => texts.finding('warning', 'FieldVisible', field, [field]));
    return {
      problems: [...stillGiven, ...byOthers, ...visibleByOwn],
      evidence: [texts.text('evidence.hidden', [hidden.length])],
    };
  },
};

/** Formulas are computed without regard to the field-level security of what they use. */
export const formulas: CheckDefinition = {
  id: 'formulas',
  isAsked: ({ user }) => user !== null,
  needs: ({ definition, answers }) => [
    ...heldQuestions(definition.username),
    ...concernedObjects(definition, answers).map(hideQuestions.objectMetadata),
  ],
  examine: (state) => {
    const { definition, answers } = state;
    const fields = fieldAccess(state);
    const visible = new Set(fields.filter(({ read }) => read).map(({ field }) => field.toLowerCase()));
    const invisible = fields.filter(({ read }) => !read).map(({ field }) => field);
    const asked = hiddenFields(definition, answers);
    const objects = objectAccess(state).map(({ sobject }) => sobject);
    const leaks = (hidden: readonly string[]): readonly Finding[] =>
      leakFindings(hidden, [...new Set([...objects, ...hidden.map(objectOf)])], answers).filter(({ subject }) =>
        visible.has(subject.toLowerCase()),
      );
    const problems = leaks(asked);
    const others = invisible.filter((field) => !asked.some((hidden) => sameName(hidden, field)));
    return {
      problems,
      evidence: [texts.text('evidence.formulas', [objects.length])],
      notes: leaks(others).filter(({ subject }) => !problems.some((problem) => problem.subject === subject)),
    };
  },
};
