import { descriptionLengths, isOwned, writeOwnership } from '../../definition/ownership.js';
import { publicGroup } from '../../metadata/group.js';
import { naturalKey, type Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import type { ShareState } from './state.js';
import { texts } from './texts.js';

/** The public group that the rules share with: exactly the integration user, and nobody above it. */
export function groupChanges(state: ShareState): readonly Change[] {
  return [groupChange(state), ...memberChanges(state)];
}

export function groupFindings(state: ShareState): readonly Finding[] {
  const { group, names } = state;
  if (group === null) return [];
  const strangers = strangersIn(state);
  if (!isOurs(state)) return [texts.finding('error', 'GroupNotOwned', names.group, [names.group])];
  return strangers.length === 0
    ? []
    : [texts.finding('warning', 'GroupHasOtherMembers', names.group, [names.group, strangers.length])];
}

/**
 * Before API 62 groups have no description to mark: then a group that looks like ours and holds nobody else counts as ours.
 */
function isOurs(state: ShareState): boolean {
  const { group, integration, names } = state;
  if (group === null || isOwned(group.description, integration)) return true;
  return (group.description ?? '') === '' && group.label === names.groupLabel && strangersIn(state).length === 0;
}

function strangersIn(state: ShareState): ShareState['members'] {
  return state.members.filter(({ userOrGroupId }) => userOrGroupId !== state.user?.id);
}

function groupChange(state: ShareState): Change {
  const { group, names, integration } = state;
  const base = { type: 'Group', name: names.group, phase: 'metadata', integration } as const;
  const component = publicGroup({
    name: names.group,
    label: names.groupLabel,
    description: writeOwnership(texts.text('group.description', [integration]), integration, descriptionLengths.Group),
    doesIncludeBosses: false,
  });
  if (group === null) return { ...base, action: 'create', effect: { kind: 'deploy', component } };
  if (!group.includesBosses) return { ...base, action: 'create', effect: { kind: 'none' }, id: group.id };
  const before = texts.text('group.includesBosses');
  return { ...base, action: 'update', effect: { kind: 'deploy', component }, id: group.id, before };
}

function memberChanges(state: ShareState): readonly Change[] {
  const { names, definition, integration, user, members } = state;
  const base = { type: 'GroupMember', phase: 'membership', integration } as const;
  const isMember = user !== null && members.some(({ userOrGroupId }) => userOrGroupId === user.id);
  const values = {
    GroupId: { idOf: naturalKey('Group', names.group) },
    UserOrGroupId: { idOf: naturalKey('User', definition.username) },
  };
  const own: Change = {
    ...base,
    action: 'assign',
    name: `${definition.username} → ${names.group}`,
    effect: isMember ? { kind: 'none' } : { kind: 'insert', sobject: 'GroupMember', values },
  };
  // Whoever else is in the group gets every flagged record: the group is ours, so they leave it before the rules work.
  const leaving = strangersIn(state).map(({ id, userOrGroupId }): Change => ({
    ...base,
    action: 'unassign',
    name: `${userOrGroupId} → ${names.group}`,
    effect: { kind: 'delete', sobject: 'GroupMember', id },
    id,
  }));
  return [own, ...leaving];
}
