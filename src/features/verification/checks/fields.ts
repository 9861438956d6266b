import type { Definition } from '../../../definition/definition.js';
import { answerOr, type Answers } from '../../../observation/question.js';
import { differenceCodes, type Finding } from '../../../planning/finding.js';
import { hideQuestions } from '../../hide/hide-questions.js';
import { leakFindings } from '../../hide/leaks.js';
import { selectionQuestions } from '../../hide/questions.js';
import { fieldCatalogue, objectOf } from '../../permissions/field-catalogue.js';
import { sameName, visibleThrough } from '../../permissions/held-permissions.js';
import { heldQuestions, permissionQuestions } from '../../permissions/questions.js';
import type { CheckDefinition } from '../check.js';
import { fieldAccess, hiddenFields } from '../effective-access.js';
import { outdatedGroups } from '../outdated-groups.js';
import { concernedObjects } from '../questions.js';
import { texts } from '../texts.js';

/** What the definition hides is given by nobody. */
export const fieldsHidden: CheckDefinition = {
  id: 'hidden-fields',
  isAsked: ({ definition, user }) => definition.hide !== null && user !== null,
  needs: ({ definition, answers }) => [
    ...heldQuestions(definition.username),
    permissionQuestions.legalFields,
    ...selectionQuestions(definition, answers),
  ],
  examine: (state) => {
    const { hideDrift, definition, answers } = state;
    const stillGiven = hideDrift.changes.map((change) =>
      texts.finding('warning', 'FieldVisible', change.name, [change.name]),
    );
    const byOthers = hideDrift.findings.filter(
      ({ code }) => differenceCodes.includes(code) && code !== 'GroupBeingComputed',
    );
    const hidden = hiddenFields(definition, answers);
    const visibleByOwn = hidden
      .filter((field) => visibleThrough(state.held, field).length > 0)
      .filter((field) => ![...stillGiven, ...byOthers].some(({ subject }) => subject.startsWith(field)))
      .map((field) => texts.finding('warning', 'FieldVisible', field, [field]));
    return {
      problems: [...stillGiven, ...byOthers, ...visibleByOwn],
      // What the definition names and the org doesn't know was not looked at.
      unknowns: [
        ...outdatedGroups(state),
        ...hideDrift.findings.filter(({ severity }) => severity === 'error').map(asWarning),
      ],
      evidence: [texts.text('evidence.hidden', [hidden.length])],
      notes: hideDrift.findings.filter(({ code }) => selectingLess.includes(code)),
    };
  },
};

/** Findings of the selection: less is hidden than the definition seems to say. */
const selectingLess: readonly string[] = ['NothingClassified', 'CannotBeHidden'];

function asWarning(finding: Finding): Finding {
  return { ...finding, severity: 'warning' };
}

/** Formulas are computed without regard to the field-level security of what they use. */
export const formulas: CheckDefinition = {
  id: 'formulas',
  isAsked: ({ user }) => user !== null,
  needs: ({ definition, answers }) => [
    ...heldQuestions(definition.username),
    permissionQuestions.legalFields,
    ...selectionQuestions(definition, answers),
    ...scannedObjects(definition, answers).map(hideQuestions.objectMetadata),
  ],
  examine: (state) => {
    const { definition, answers } = state;
    const fields = fieldAccess(state);
    const visible = new Set(fields.filter(({ read }) => read).map(({ field }) => field.toLowerCase()));
    const invisible = fields.filter(({ read }) => !read).map(({ field }) => field);
    const asked = hiddenFields(definition, answers);
    const objects = scannedObjects(definition, answers);
    const unread = objects.filter((object) => mayHaveFormulas(object, answers) && !isRead(object, answers));
    const leaks = (hidden: readonly string[]): readonly Finding[] =>
      leakFindings(hidden, objects, answers).filter(({ subject }) => visible.has(subject.toLowerCase()));
    const problems = leaks(asked);
    const others = invisible.filter((field) => !asked.some((hidden) => sameName(hidden, field)));
    return {
      problems,
      // Where nothing is hidden, nothing can be shown.
      unknowns:
        asked.length === 0
          ? []
          : [
              ...unread.map((object) => texts.finding('warning', 'FormulasNotRead', object, [object])),
              ...outdatedGroups(state),
            ],
      evidence: [texts.text('evidence.formulas', [objects.filter((object) => isRead(object, answers)).length])],
      notes: leaks(others).filter(({ subject }) => !problems.some((problem) => problem.subject === subject)),
    };
  },
};

/** Also those that the user can't read: what they compute may be shown by what it can. */
function scannedObjects(definition: Definition, answers: Answers): readonly string[] {
  return [...new Set([...concernedObjects(definition, answers), ...hiddenFields(definition, answers).map(objectOf)])];
}

/** Only custom fields are formulas and roll-ups that the Metadata API shows. */
function mayHaveFormulas(object: string, answers: Answers): boolean {
  return (fieldCatalogue(answers).byObject.get(object.toLowerCase()) ?? []).some((field) => field.endsWith('__c'));
}

function isRead(object: string, answers: Answers): boolean {
  return answerOr(answers, hideQuestions.objectMetadata(object), null) !== null;
}
