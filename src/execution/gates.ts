import { setTimeout as wait } from 'node:timers/promises';
import { booleanAt, textAt } from '../observation/row.js';
import type { Refusal, Row } from '../observation/question.js';
import type { Read } from '../org/port.js';
import { soql } from '../org/soql.js';
import type { Change, Gate } from '../planning/change.js';
import { AccessSamples } from './access-samples.js';
import type { Session } from './session.js';

const firstDelayMs = 100;
const longestDelayMs = 5_000;

type GatedChange = Change & { readonly gate: Gate };
type OwdGate = Extract<Gate, { readonly kind: 'owdEffective' }>;
/** A change whose effect didn't show in time, and what Salesforce refused to say about it. */
export type ClosedGate = { readonly change: Change; readonly refusal: Refusal | null };
type Verdict = { readonly isOpen: boolean; readonly refusal: Refusal | null };
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

  /**
   * Waits as long as the run may; returns what was not in effect by then. What Salesforce doesn't tell counts as not in effect:
   * access that follows would show every record where it is not.
   */
  public async waitFor(changes: readonly Change[]): Promise<readonly ClosedGate[]> {
    const { deadline, signal, progress } = this.#session;
    const seen = new Set<Change>();
    let waiting: readonly GatedChange[] = changes.filter(isGated);
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
      const closed = await this.#stillClosed(waiting);
      if (closed.length === 0 || signal.aborted || Date.now() + delayMs > deadline) return closed;
      waiting = closed.map(({ change }) => change);
      for (const change of waiting.filter((candidate) => !seen.has(candidate))) {
        seen.add(change);
        progress({ kind: 'waiting', change });
      }
      await wait(delayMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #stillClosed(
    changes: readonly GatedChange[],
  ): Promise<ReadonlyArray<ClosedGate & { readonly change: GatedChange }>> {
    const unknown = changes.filter(({ gate }) => gate.kind !== 'flaggedReadable' || !this.#isKnownReadable(gate));
    if (unknown.length === 0) return [];
    const owdGates = unknown.flatMap(({ gate }) => (gate.kind === 'owdEffective' ? [gate] : []));
    const { access, beside } = await this.#samples.measure(
      unknown.flatMap(({ gate }) => measurements(gate)),
      owdGates.length === 0 ? [] : [reportedModels(owdGates)],
    );
    const judged = unknown.map((change) => ({ change, ...verdictOn(change.gate, beside[0], access) }));
    for (const { change, isOpen } of judged) {
      if (isOpen && change.gate.kind === 'ruleEffective' && change.gate.probe !== null) {
        this.#readable.add(change.gate.sobject);
      }
    }
    return judged.filter(({ isOpen }) => !isOpen).map(({ change, refusal }) => ({ change, refusal }));
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

const open: Verdict = { isOpen: true, refusal: null };
const closed: Verdict = { isOpen: false, refusal: null };

function verdictOn(gate: Gate, reported: Read<readonly Row[]> | undefined, access: Access): Verdict {
  switch (gate.kind) {
    case 'owdEffective': {
      if (reported?.ok === false) return { isOpen: false, refusal: reported.refusal };
      if (!isReported(gate, modelsIn(reported?.value ?? []))) return closed;
      return gate.probe === null ? open : verdictFrom(access(gate.sobject, 'unflagged'), isRestricted);
    }
    case 'ruleEffective':
      return gate.probe === null ? open : verdictFrom(access(gate.sobject, 'flagged'), isReadable);
    case 'flaggedReadable': {
      const verdicts = gate.sobjects.map((sobject) => verdictFrom(access(sobject, 'flagged'), isReadable));
      return verdicts.find(({ isOpen }) => !isOpen) ?? open;
    }
  }
}

function verdictFrom(measured: Read<readonly Row[]>, isInEffect: (readable: readonly boolean[]) => boolean): Verdict {
  if (!measured.ok) return { isOpen: false, refusal: measured.refusal };
  return isInEffect(measured.value.map((row) => booleanAt(row, 'HasReadAccess'))) ? open : closed;
}

function isReadable(readable: readonly boolean[]): boolean {
  return readable.every(Boolean);
}

function modelsIn(rows: readonly Row[]): Reported {
  return new Map(
    rows.map((row) => [
      textAt(row, 'QualifiedApiName') ?? '',
      { internal: textAt(row, 'InternalSharingModel'), external: textAt(row, 'ExternalSharingModel') },
    ]),
  );
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
