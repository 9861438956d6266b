import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '../observation/question.js';
import { booleanAt, textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';
import { soql, soqlName } from '../org/soql.js';
import type { AccessProbe, Change, Gate } from '../planning/change.js';
import type { Session } from './session.js';

const firstDelayMs = 100;
const longestDelayMs = 5_000;
/** As many Ids as one question about a user's access may name (Object Reference, UserRecordAccess). */
const sampleSize = 200;

/** Waits until what was accepted holds: true, or false when the time is over. */
export async function waitForGate(change: Change, session: Session): Promise<boolean> {
  const { gate } = change;
  if (gate === undefined) return true;
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    if (await isOpen(gate, session.port)) return true;
    if (session.signal.aborted || Date.now() + delayMs > session.deadline) return false;
    session.progress({ kind: 'waiting', change });
    await wait(delayMs);
  }
}

async function isOpen(gate: Gate, port: OrgPort): Promise<boolean> {
  switch (gate.kind) {
    case 'owdEffective':
      return (await isReported(gate, port)) && (gate.probe === null || isRestricted(gate.sobject, gate.probe, port));
    case 'ruleEffective':
      return gate.probe === null || areFlaggedReadable(gate.sobject, gate.probe, port);
    case 'flaggedReadable': {
      const readable = gate.sobjects.map((sobject) => areFlaggedReadable(sobject, gate.probe, port));
      return (await Promise.all(readable)).every(Boolean);
    }
  }
}

/** EntityDefinition may show the new default before, with or after the access: necessary, and never enough. */
async function isReported(gate: Extract<Gate, { kind: 'owdEffective' }>, port: OrgPort): Promise<boolean> {
  const [row] = await read(
    soql`SELECT InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = ${gate.sobject}`,
    port,
  );
  return row === undefined || textAt(row, 'InternalSharingModel') === gate.internal;
}

/**
 * A lowered default takes effect only when the recalculation is over (Security Implementation Guide, admin_sharing). As long
 * as it is open, the user reads everything: one unflagged record of other people that it cannot read shows that it is closed.
 */
async function isRestricted(sobject: string, probe: AccessProbe, port: OrgPort): Promise<boolean> {
  const others = soql`OwnerId NOT IN (SELECT Id FROM User WHERE Username = ${probe.username})`;
  const sample = await read(
    `${soql`SELECT Id FROM ${soqlName(sobject)} WHERE ${soqlName(probe.flagField)} = false`} AND ${others} LIMIT ${sampleSize}`,
    port,
  );
  const access = await accessOf(sample, probe, port);
  return access.length === 0 || access.some((row) => !booleanAt(row, 'HasReadAccess'));
}

/** Sharing rules don't reach contacts without an account (Help, "Contacts: Sharing Considerations"). */
async function areFlaggedReadable(sobject: string, probe: AccessProbe, port: OrgPort): Promise<boolean> {
  const reachable = sobject === 'Contact' ? ' AND AccountId != null' : '';
  const flagged = soql`SELECT Id FROM ${soqlName(sobject)} WHERE ${soqlName(probe.flagField)} = true`;
  const sample = await read(`${flagged}${reachable} LIMIT ${sampleSize}`, port);
  const access = await accessOf(sample, probe, port);
  return access.every((row) => booleanAt(row, 'HasReadAccess'));
}

/** What Salesforce says of the user's access. Records that the running user cannot see are left out of the answer. */
async function accessOf(sample: readonly Row[], probe: AccessProbe, port: OrgPort): Promise<readonly Row[]> {
  const [user] = await read(soql`SELECT Id FROM User WHERE Username = ${probe.username}`, port);
  const userId = user === undefined ? null : textAt(user, 'Id');
  const ids = sample.flatMap((row) => textAt(row, 'Id') ?? []);
  if (userId === null || ids.length === 0) return [];
  return read(
    soql`SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = ${userId} AND RecordId IN ${ids}`,
    port,
  );
}

/** What cannot be asked cannot be waited for. */
async function read(query: string, port: OrgPort): Promise<readonly Row[]> {
  const [answer] = await port.queryAll([{ soql: query, api: 'rest' }]);
  return answer?.ok === true ? answer.value : [];
}
