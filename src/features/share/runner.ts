import { isUnchanged, type Change, type Phase } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { runnerMay, type RunnerPermission } from '../permissions/runner.js';
import { shareQuestions } from './questions.js';
import type { ShareState } from './state.js';
import { texts } from './texts.js';

/** Any one of them is enough. */
type Need = {
  readonly label: string;
  readonly anyOf: readonly RunnerPermission[];
  readonly phases: readonly Phase[];
};

const components: readonly Phase[] = ['metadata', 'retiredRules', 'earlyRules', 'owd', 'rules'];
const needs: readonly Need[] = [
  {
    label: 'Modify Metadata Through Metadata API Functions',
    anyOf: ['ModifyMetadata', 'ModifyAllData'],
    phases: components,
  },
  { label: 'Customize Application', anyOf: ['CustomizeApplication'], phases: ['metadata', 'owd'] },
  { label: 'Manage Sharing', anyOf: ['ManageSharing'], phases: ['retiredRules', 'earlyRules', 'owd', 'rules'] },
  { label: 'Assign Permission Sets', anyOf: ['AssignPermissionSets', 'ManageUsers'], phases: ['membership'] },
];

/** Told beforehand, because Salesforce tells it only half way through. Unknown permissions are not held against anyone. */
export function runnerFindings(state: ShareState, changes: readonly Change[]): readonly Finding[] {
  const phases = new Set(changes.filter((change) => !isUnchanged(change)).map(({ phase }) => phase));
  return missing(
    state,
    needs.filter((need) => need.phases.some((phase) => phases.has(phase))),
  );
}

/** Without this permission metadata cannot even be read, and everything looks as if it were not there. */
export function readingFindings(state: ShareState): readonly Finding[] {
  const isRefused = state.shared.some(({ name }) => {
    const answer = state.answers.get(shareQuestions.object(name));
    return answer?.ok === false && answer.refusal.errorCode.endsWith('INSUFFICIENT_ACCESS');
  });
  if (!isRefused) return [];
  const [metadata] = needs;
  return [finding(state, metadata === undefined ? [] : [metadata.label])];
}

function missing(state: ShareState, needed: readonly Need[]): readonly Finding[] {
  const lacking = needed
    .filter(({ anyOf }) => !runnerMay(state.runningUser, anyOf, state.answers))
    .map(({ label }) => label);
  return lacking.length === 0 ? [] : [finding(state, lacking)];
}

function finding({ runningUser }: ShareState, lacking: readonly string[]): Finding {
  return texts.finding('error', 'MissingPermission', runningUser, [runningUser, lacking.join(', ')]);
}
