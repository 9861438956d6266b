import { setTimeout as wait } from 'node:timers/promises';
import { soql } from '../org/soql.js';
import type { OrgPort } from '../org/port.js';
import type { Change, Gate } from '../planning/change.js';
import type { Session } from './session.js';

const firstDelayMs = 50;
const longestDelayMs = 5_000;

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

/** A lowered default takes effect only when the recalculation is over (Security Implementation Guide, admin_sharing). */
async function isOpen(gate: Gate, port: OrgPort): Promise<boolean> {
  if (gate.kind === 'ruleEffective') return true;
  const [answer] = await port.queryAll([
    {
      soql: soql`SELECT InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = ${gate.sobject}`,
      api: 'tooling',
    },
  ]);
  const row = answer?.ok === true ? answer.value[0] : undefined;
  return row?.['InternalSharingModel'] === gate.internal;
}
