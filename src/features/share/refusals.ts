import type { Finding } from '../../planning/finding.js';
import { shareQuestions } from './questions.js';
import type { SharedState, ShareState } from './state.js';
import { texts } from './texts.js';

/** Standard objects with criteria-based sharing rules (Help, "Sharing Rule Types"); custom objects have them too. */
const withCriteriaRules: readonly string[] = [
  'Account',
  'Asset',
  'Campaign',
  'Case',
  'Contact',
  'Individual',
  'Lead',
  'Opportunity',
  'Order',
  'ServiceAppointment',
  'WorkOrder',
];
const inProfessionalEdition: readonly string[] = ['Account', 'Asset', 'Campaign', 'Contact'];
const activities: readonly string[] = ['Task', 'Event'];
const followers: readonly string[] = ['ControlledByParent', 'ControlledByLeadOrContact', 'ControlledByCampaign'];

/** Why records of an object cannot be filtered by a flag, each with its reason and a way out. */
export function refusals(state: ShareState): readonly Finding[] {
  return state.shared.flatMap((object) => {
    const refusal = refusalOf(state, object);
    return refusal === null ? [] : [refusal];
  });
}

function refusalOf(state: ShareState, object: SharedState): Finding | null {
  const { name, models } = object;
  const refuse = (code: string, tokens: ReadonlyArray<string | number> = [name]): Finding =>
    texts.finding('error', code, name, tokens);
  if (activities.includes(name)) return refuse('ActivityFollowsParent');
  // The Metadata API knows objects by their exact names only, and SOQL by any.
  if (object.exactName !== name) return refuse('ObjectSpelling', [name, object.exactName]);
  if (object.metadata === null) return refuse('ObjectNotFound');
  const isCustom = name.endsWith('__c');
  if (!isCustom && !withCriteriaRules.includes(name))
    return refuse('NoCriteriaRules', [name, withCriteriaRules.join(', ')]);
  if (models === null) {
    return object.namespace === null
      ? refuse('NoOrganizationWideDefault')
      : refuse('ManagedObject', [name, object.namespace]);
  }
  if (state.edition === 'Professional Edition' && !inProfessionalEdition.includes(name)) {
    return refuse('NotInProfessionalEdition', [name, inProfessionalEdition.join(', ')]);
  }
  if (name === 'Contact') return contactRefusal(state, models.internal);
  if (followers.includes(models.internal)) return refuse('FollowsParent');
  return null;
}

/**
 * With person accounts, Contact is Controlled by Parent, or Account and Contact are Private together: a contact flag alone
 * cannot filter.
 */
function contactRefusal(state: ShareState, model: string): Finding | null {
  if (model !== 'ControlledByParent' || !hasPersonAccounts(state)) return null;
  const accountIsShared =
    state.shared.some(({ name }) => name === 'Account') || state.models.get('Account')?.internal === 'Private';
  return accountIsShared ? null : texts.finding('error', 'PersonAccountsNeedAccount', 'Contact');
}

function hasPersonAccounts(state: ShareState): boolean {
  return state.answers.get(shareQuestions.personAccounts)?.ok === true;
}

/** What changes for contacts when they get a flag of their own. */
export function contactNotes(state: ShareState): readonly Finding[] {
  const contact = state.shared.find(({ name }) => name === 'Contact');
  return contact?.models?.internal === 'ControlledByParent'
    ? [texts.finding('warning', 'ContactLeavesAccount', 'Contact')]
    : [];
}
