import type { RelatedAccess, SharedObject, SharePart } from '../../definition/definition.js';
import { defaultFlagLabel, namesOf } from '../../definition/names.js';
import { isOwned } from '../../definition/ownership.js';
import { parseCustomField } from '../../metadata/custom-field.js';
import { parseSharingRules, type AccountSettings, type CriteriaRule } from '../../metadata/sharing-rule.js';
import { answerOr, ask, type Answers } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { shareQuestions } from '../share/questions.js';
import { flagsOf, type Flag } from './questions.js';

type OwnedRule = { readonly flag: Flag; readonly rule: CriteriaRule };

/** Sharing by flag as the org's own rules tell it. */
export function sharePart(integration: string, answers: Answers): SharePart | null {
  const rules = flagsOf(integration, answers).flatMap((flag) => ownedRule(flag, integration, answers));
  const [first] = rules;
  if (first === undefined) return null;
  const sameFlag = rules.filter(({ flag }) => flag.field === first.flag.field);
  return {
    flagLabel: flagLabel(first, integration, answers),
    flagEditors: flagEditors(integration, answers),
    manageOrganizationWideDefaults: false,
    unfiltered: [],
    objects: sameFlag.map((owned) => sharedObject(owned, answers)),
    addToLayouts: [],
  };
}

function ownedRule(flag: Flag, integration: string, answers: Answers): readonly OwnedRule[] {
  const row = answerOr(answers, shareQuestions.rules(flag.object), null);
  if (row === null) return [];
  const rule = parseSharingRules(flag.object, row).find(
    ({ description, criteria }) =>
      isOwned(description, integration) &&
      criteria.some(({ field }) => field.toLowerCase() === flag.field.toLowerCase()),
  );
  return rule === undefined ? [] : [{ flag, rule }];
}

/** Labels may have been shortened to fit: the one from which the field's name follows is the one that was given. */
function flagLabel({ flag, rule }: OwnedRule, integration: string, answers: Answers): string {
  const row = answerOr(answers, shareQuestions.field(flag.object, flag.field), null);
  const label = row === null ? null : parseCustomField(row).label;
  const candidates = [namesOf(integration).flagLabel, label, rule.label].filter((text) => text !== null);
  const standard = namesOf(integration).flagField;
  if (standard === flag.field) return defaultFlagLabel(integration);
  return candidates.find((text) => namesOf(integration, text).flagField === flag.field) ?? label ?? rule.label;
}

/** Whoever runs the command is one of them anyway. */
function flagEditors(integration: string, answers: Answers): readonly string[] {
  const identity = answers.get(ask.identity);
  const runner = identity?.ok === true ? identity.value.username.toLowerCase() : '';
  return answerOr(answers, shareQuestions.editorAssignments(namesOf(integration).editorSet), [])
    .flatMap((row) => textAt(row, 'Assignee.Username') ?? [])
    .filter((username) => username.toLowerCase() !== runner)
    .sort();
}

function sharedObject({ flag, rule }: OwnedRule, answers: Answers): SharedObject {
  return {
    object: flag.object,
    access: rule.accessLevel === 'Edit' ? 'edit' : 'read',
    flagInitially: null,
    related: rule.accountSettings === null ? {} : relatedAccess(rule.accountSettings, answers),
  };
}

/** "none" is the default; contacts that follow their account have no level of their own. */
function relatedAccess(settings: AccountSettings, answers: Answers): SharedObject['related'] {
  const contact = answerOr(answers, ask.metadata('CustomObject', 'Contact'), null);
  const contactFollows = contact !== null && textAt(contact, 'sharingModel') === 'ControlledByParent';
  return {
    ...(contactFollows ? {} : level('Contact', settings.contactAccessLevel)),
    ...level('Opportunity', settings.opportunityAccessLevel),
    ...level('Case', settings.caseAccessLevel),
  };
}

function level(object: keyof SharedObject['related'], value: string): SharedObject['related'] {
  const access: Readonly<Record<string, RelatedAccess>> = { Read: 'read', Edit: 'edit' };
  const known = access[value];
  return known === undefined ? {} : { [object]: known };
}
