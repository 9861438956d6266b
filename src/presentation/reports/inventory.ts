import {
  sights,
  type Inventory,
  type LicenseUse,
  type ListedObject,
  type ListedUser,
} from '../../inventory/inventory.js';
import type { Finding } from '../../planning/finding.js';
import { plainLine } from '../plain-text.js';
import { reportTexts as texts } from './texts.js';
import { table } from './text-table.js';
import { wrapped } from './text-width.js';
import { operationWords } from './words.js';

export type InventoryOptions = { readonly verbose: boolean; readonly columns: number };

/** Seats, users and what each may see, for reading on a terminal. */
export function inventoryReport(inventory: Inventory, options: InventoryOptions): string {
  const { users, findings, apiRequests } = inventory;
  const blocks = [
    seatLines(inventory, options.columns),
    users.length === 0 ? [texts.getMessage('list.none')] : userLines(users, options.columns),
    ...users.map((user) => detailLines(user, options)),
    findings.flatMap((finding) => findingLines(finding, options.columns)),
    [texts.getMessage('list.summary', [users.length, apiRequests])],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

function seatLines({ licenses }: Inventory, columns: number): readonly string[] {
  if (licenses.length === 0) return [];
  const head = ['license', 'used', 'free', 'holders'].map((key) => texts.getMessage(`list.column.${key}`));
  return table(head, licenses.map(seatRow), columns);
}

function seatRow({ label, total, used, free, holders }: LicenseUse): readonly string[] {
  return [label, texts.getMessage('seenOf', [used, total]), String(free), holders.join(', ')];
}

function userLines(users: readonly ListedUser[], columns: number): readonly string[] {
  const head = ['user', 'integration', 'lastLogin', 'created', 'changed'].map((key) =>
    texts.getMessage(`list.column.${key}`),
  );
  const rows = users.map((user) => [
    user.isActive ? user.username : texts.getMessage('list.inactive', [user.username]),
    user.integration ?? '–',
    user.lastLogin?.slice(0, 10) ?? texts.getMessage('list.never'),
    numberText(user.created),
    numberText(user.changed),
  ]);
  return [...table(head, rows, columns), ...wrapped(texts.getMessage('list.counted'), columns)];
}

/** What a user sees, what voids a filter and what has drifted is always said; the objects one by one only where asked for. */
function detailLines(user: ListedUser, { verbose, columns }: InventoryOptions): readonly string[] {
  const { username, profile, hasPermissionSetLicense, objects } = user;
  const license = texts.getMessage(
    hasPermissionSetLicense === null
      ? 'list.licenseUnknown'
      : hasPermissionSetLicense
        ? 'list.hasLicense'
        : 'list.hasNoLicense',
  );
  const facts = [texts.getMessage('list.profile', [profile, license]), sightText(objects)];
  return [
    ...wrapped(plainLine(username), columns),
    ...facts.flatMap((fact) => bulleted('  ', fact, '  ', columns)),
    ...[...user.voids, ...user.drift].flatMap((problem) => bulleted('! ', problem, '  ', columns)),
    ...(verbose && objects !== null ? objectLines(objects, columns) : []),
  ];
}

function sightText(objects: readonly ListedObject[] | null): string {
  if (objects === null) return texts.getMessage('list.seesUnknown');
  const counts = sights
    .map((sight) => ({ sight, count: objects.filter(({ sees }) => sees === sight).length }))
    .filter(({ count }) => count > 0)
    .map(({ sight, count }) => texts.getMessage(`list.sees.${sight}`, [count]));
  return texts.getMessage('list.sees', [counts.length === 0 ? '0' : counts.join(', ')]);
}

function objectLines(objects: readonly ListedObject[], columns: number): readonly string[] {
  const visible = objects.filter(({ sees }) => sees !== 'none');
  const invisible = objects.filter(({ sees }) => sees === 'none').map(({ sobject }) => sobject);
  const keys = ['column.object', 'column.access', 'list.column.sees', 'list.column.created', 'list.column.changed'];
  const rows = visible.map(({ sobject, operations, sees, created, changed }) => [
    sobject,
    operationWords(operations),
    texts.getMessage(`list.sight.${sees}`),
    numberText(created),
    numberText(changed),
  ]);
  const head = keys.map((key) => texts.getMessage(key));
  const lines = visible.length === 0 ? [] : table(head, rows, columns - 2).map((line) => `  ${line}`);
  const rest = texts.getMessage('list.notAtAll', [invisible.join(', ')]);
  return [...lines, ...(invisible.length === 0 ? [] : bulleted('  ', rest, '  ', columns))];
}

function findingLines({ message, fix }: Finding, columns: number): readonly string[] {
  return [...bulleted('! ', message, '', columns), ...(fix === undefined ? [] : bulleted('> ', fix, '  ', columns))];
}

function bulleted(bullet: string, text: string, margin: string, columns: number): readonly string[] {
  const hanging = ' '.repeat(bullet.length);
  return wrapped(plainLine(text), columns - margin.length - bullet.length).map(
    (line, index) => `${margin}${index === 0 ? bullet : hanging}${line}`,
  );
}

function numberText(number: number | null): string {
  return number === null ? texts.getMessage('notKnown') : String(number);
}
