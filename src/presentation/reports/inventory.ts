import type { Inventory, ListedUser, Sight } from '../../inventory/inventory.js';
import { plainLine } from '../plain-text.js';
import { table, wrapped } from './text-table.js';
import { reportTexts as texts } from './texts.js';

const width = 80;

/** Seats, users and what each may see, for reading on a terminal. */
export function inventoryReport(inventory: Inventory, options: { readonly verbose: boolean }): string {
  const { users, apiRequests } = inventory;
  const blocks = [
    licenseLines(inventory),
    users.length === 0 ? [texts.getMessage('list.none')] : userLines(users),
    ...users.map((user) => detailLines(user, options.verbose)),
    [texts.getMessage('list.summary', [users.length, apiRequests])],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function licenseLines({ licenses }: Inventory): readonly string[] {
  const columns = ['license', 'used', 'free', 'holders'].map((key) => texts.getMessage(`list.column.${key}`));
  return table(
    columns,
    licenses.map(({ name, total, used, free, holders }) => [
      name,
      texts.getMessage('seenOf', [used, total]),
      String(free),
      holders.join(', '),
    ]),
    width,
  );
}

function userLines(users: readonly ListedUser[]): readonly string[] {
  const columns = ['user', 'integration', 'active', 'lastLogin', 'created', 'changed', 'sees'].map((key) =>
    texts.getMessage(`list.column.${key}`),
  );
  return table(
    columns,
    users.map((user) => [
      user.username,
      user.integration ?? '–',
      texts.getMessage(user.isActive ? 'list.yes' : 'list.no'),
      user.lastLogin?.slice(0, 10) ?? texts.getMessage('list.never'),
      String(user.created ?? '?'),
      String(user.changed ?? '?'),
      sightText(user),
    ]),
    width,
  );
}

function sightText({ objects }: ListedUser): string {
  const count = (sight: Sight): number => objects.filter(({ sees }) => sees === sight).length;
  const parts = (['all', 'flagged', 'shared', 'none'] as const)
    .filter((sight) => count(sight) > 0)
    .map((sight) => texts.getMessage(`list.sees.${sight}`, [count(sight)]));
  return parts.length === 0 ? texts.getMessage('list.seesNothing') : parts.join(', ');
}

/** What voids a filter or has drifted is always said; the objects one by one only where asked for. */
function detailLines(user: ListedUser, verbose: boolean): readonly string[] {
  const problems = [...user.voids, ...user.drift].flatMap((text) =>
    wrapped(plainLine(text), width - 4).map((line, index) => `${index === 0 ? '  ! ' : '    '}${line}`),
  );
  const columns = ['column.object', 'column.access', 'list.column.sees', 'list.column.created', 'list.column.changed'];
  const objects = table(
    columns.map((key) => texts.getMessage(key)),
    user.objects.map(({ sobject, operations, sees, created, changed }) => [
      sobject,
      operations.join(', '),
      texts.getMessage(`list.sight.${sees}`),
      String(created ?? '?'),
      String(changed ?? '?'),
    ]),
    width - 2,
  ).map((line) => `  ${line}`);
  const details = verbose && user.objects.length > 0 ? objects : [];
  return problems.length + details.length === 0
    ? []
    : [...wrapped(plainLine(user.username), width), ...problems, ...details];
}
