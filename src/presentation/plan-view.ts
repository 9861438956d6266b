import { namesOf } from '../definition/names.js';
import type { Application } from '../engine/apply.js';
import type { Change } from '../planning/change.js';
import { isUnchanged } from '../planning/change.js';
import { abbreviated } from './abbreviation.js';
import { plainLine } from './plain-text.js';
import type { Terminal } from './terminal.js';
import { presentationTexts as texts } from './texts.js';

/** The steps of the manual procedure that admins know, in their order. */
const steps = ['user', 'fields', 'access', 'flag', 'sharing'] as const;
type Step = (typeof steps)[number];

const stepOfType: Readonly<Record<string, Step>> = {
  User: 'user',
  Password: 'user',
  PermissionSetLicenseAssign: 'user',
  FieldPermissions: 'fields',
  Profile: 'fields',
  PermissionSet: 'access',
  PermissionSetAssignment: 'access',
  CustomField: 'flag',
  Layout: 'flag',
  Group: 'sharing',
  GroupMember: 'sharing',
  CustomObject: 'sharing',
  SharingCriteriaRule: 'sharing',
};

const signs: Readonly<Partial<Record<Change['action'], string>>> = {
  create: '+',
  assign: '+',
  grant: '+',
  flag: '+',
  delete: '-',
  unassign: '-',
  hide: '-',
  unflag: '-',
};

/** The plan as a diff, grouped by manual step; what is already so is only counted. */
export function showPlan(
  terminal: Terminal,
  applications: readonly Application[],
  conceal: (text: string) => string,
): void {
  for (const { definition, plan } of applications) {
    terminal.styledHeader(plainLine(`${definition.integration ?? ''} → ${definition.username}`));
    for (const step of steps) {
      const changes = plan.changes.filter((change) => stepOf(change, definition.integration) === step);
      for (const line of stepLines(step, changes)) terminal.log(conceal(line));
    }
  }
}

function stepLines(step: Step, changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return [];
  const pending = changes.filter((change) => !isUnchanged(change));
  const unchanged = changes.length - pending.length;
  const alreadySo = unchanged === 0 ? [] : [`  ${texts.getMessage('plan.alreadySo', [unchanged])}`];
  return [texts.getMessage(`plan.step.${step}`), ...pending.flatMap(changeLines), ...alreadySo, ''];
}

function changeLines(change: Change): readonly string[] {
  const { action, type, name, before, after, message } = change;
  const details = [
    before === undefined ? undefined : `- ${before}`,
    after === undefined ? undefined : `+ ${after}`,
    message,
  ];
  return [
    `  ${signs[action] ?? '~'} ${texts.getMessage(`action.${action}`)} ${type} ${plainLine(name)}`,
    ...details.flatMap((detail) => (detail === undefined ? [] : [`      ${abbreviated(plainLine(detail))}`])),
  ];
}

/** Flag editors get their set with the flag; everything else that is granted belongs to the user's access. */
function stepOf({ type, name, phase }: Change, integration: string | null): Step {
  if (phase === 'flags') return 'flag';
  const isEditors = integration !== null && name.startsWith(namesOf(integration).editorSet);
  return isEditors ? 'flag' : (stepOfType[type] ?? 'access');
}
