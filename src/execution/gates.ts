import { setTimeout as wait } from 'node:timers/promises';
import { booleanAt, textAt } from '../observation/row.js';
import { soql } from '../org/soql.js';
import type { Change, Gate } from '../planning/change.js';
import { AccessSamples, type SampleKind } from './access-samples.js';
import type { Session } from './session.js';

const firstDelayMs = 100;
const longestDelayMs = 5_000;

type GatedChange = Change & { readonly gate: Gate };
type OwdGate = Extract<Gate, { readonly kind: 'owdEffective' }>;
/** Reported defaults by object; an object that the running user cannot ask about has none. */
type Reported = ReadonlyMap<string, { readonly internal: string | null; readonly external: string | null }>;

/** Waits until what Salesforce accepted is in effect. All gates of a stage are looked at together, in one request a time. */
export class Gates {
  readonly #session: Session;
  readonly #samples: AccessSamples;
  /** Objects whose flagged records the user was seen to read: nothing that follows takes that away. */
  readonly #readable = new Set<string>();

  public constructor(session: Session) {
    this.#session = session;
    this.#samples = new AccessSamples(session);
  }

  /** Waits as long as the run may; returns the changes whose effect was not there by then. */
  public async waitFor(changes: readonly Change[]): Promise<readonly Change[]> {
    const { deadline, signal, progress } = this.#session;
    const told = new Set<Change>();
    let closed: readonly GatedChange[] = changes.filter(isGated);
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
      closed = await this.#stillClosed(closed);
      if (closed.length === 0 || signal.aborted || Date.now() + delayMs > deadline) return closed;
      for (const change of closed.filter((candidate) => !told.has(candidate))) {
        told.add(change);
        progress({ kind: 'waiting', change });
      }
      await wait(delayMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #stillClosed(changes: readonly GatedChange[]): Promise<readonly GatedChange[]> {
    const unknown = changes.filter(({ gate }) => gate.kind !== 'flaggedReadable' || !this.#isKnownReadable(gate));
    if (unknown.length === 0) return [];
    const owdGates = unknown.flatMap(({ gate }) => (gate.kind === 'owdEffective' ? [gate] : []));
    const { access, beside } = await this.#samples.measure(
      unknown.flatMap(({ gate }) => measurements(gate)),
      owdGates.length === 0 ? [] : [reportedModels(owdGates)],
    );
    const reported: Reported = new Map(
      (beside[0] ?? []).map((row) => [
        textAt(row, 'QualifiedApiName') ?? '',
        { internal: textAt(row, 'InternalSharingModel'), external: textAt(row, 'ExternalSharingModel') },
      ]),
    );
    const closed = unknown.filter(({ gate }) => !isOpen(gate, reported, access));
    for (const { gate } of unknown.filter((change) => !closed.includes(change))) {
      if (gate.kind === 'ruleEffective' && gate.probe !== null) this.#readable.add(gate.sobject);
    }
    return closed;
  }

  #isKnownReadable(gate: Extract<Gate, { readonly kind: 'flaggedReadable' }>): boolean {
    return gate.sobjects.every((sobject) => this.#readable.has(sobject));
  }
}

function isGated(change: Change): change is GatedChange {
  return change.gate !== undefined;
}

type Measurement = Parameters<AccessSamples['measure']>[0][number];
type Access = Awaited<ReturnType<AccessSamples['measure']>>['access'];

function measurements(gate: Gate): readonly Measurement[] {
  const { probe } = gate;
  if (probe === null) return [];
  if (gate.kind === 'flaggedReadable') {
    return gate.sobjects.map((sobject) => ({ sobject, kind: 'flagged', probe }));
  }
  return [{ sobject: gate.sobject, kind: gate.kind === 'owdEffective' ? 'unflagged' : 'flagged', probe }];
}

function isOpen(gate: Gate, reported: Reported, access: Access): boolean {
  const readable = (sobject: string, kind: SampleKind): readonly boolean[] =>
    access(sobject, kind).map((row) => booleanAt(row, 'HasReadAccess'));
  switch (gate.kind) {
    case 'owdEffective':
      return isReported(gate, reported) && isRestricted(readable(gate.sobject, 'unflagged'));
    case 'ruleEffective':
      return readable(gate.sobject, 'flagged').every(Boolean);
    case 'flaggedReadable':
      return gate.sobjects.every((sobject) => readable(sobject, 'flagged').every(Boolean));
  }
}

function reportedModels(gates: readonly OwdGate[]): string {
  const sobjects = gates.map(({ sobject }) => sobject);
  return soql`SELECT QualifiedApiName, InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ${sobjects}`;
}

/** EntityDefinition may show the new default before, with or after the access: necessary, and never enough. */
function isReported(gate: OwdGate, reported: Reported): boolean {
  const models = reported.get(gate.sobject);
  if (models === undefined) return true;
  return models.internal === gate.internal && (gate.external === null || models.external === gate.external);
}

/**
 * A lowered default takes effect only when the recalculation is over (Security Implementation Guide, admin_sharing). As long
 * as it is open, the user reads everything: one unflagged record of other people that it cannot read shows that it is closed.
 */
function isRestricted(readable: readonly boolean[]): boolean {
  return readable.length === 0 || readable.some((isReadable) => !isReadable);
}
