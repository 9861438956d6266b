import { textAt } from '../observation/row.js';
import type { Row } from '../observation/question.js';
import type { Read } from '../org/port.js';
import { soql, SoqlFragment, soqlName } from '../org/soql.js';
import { naturalKey, type AccessProbe } from '../planning/change.js';
import { lookUpReferences } from './references.js';
import type { Session } from './session.js';
import { executionTexts } from './texts.js';

/** As many Ids as one question about a user's access may name (Object Reference, UserRecordAccess). */
const sampleSize = 200;

export type SampleKind = 'flagged' | 'unflagged';
type Sampled = { readonly sobject: string; readonly kind: SampleKind; readonly probe: AccessProbe };
type Rows = Read<readonly Row[]>;
type Measured = {
  /** Refused, too, where Salesforce says nothing about any of the records. */
  readonly access: (sobject: string, kind: SampleKind) => Rows;
  readonly beside: readonly Rows[];
};

/** Samples that Salesforce refused, by key, and what was asked beside them. */
type Early = { readonly refused: ReadonlyMap<string, Rows>; readonly beside: readonly Rows[] };

const untold: Rows = {
  ok: false,
  refusal: { errorCode: 'NO_ANSWER', message: executionTexts.getMessage('accessNotTold') },
};

/** An answer without rows says nothing about the records that were asked about. */
function told(answer: Rows | undefined): Rows {
  return answer === undefined || (answer.ok && answer.value.length === 0) ? untold : answer;
}

/**
 * What the probe's user can read of a sample of records. A sample is taken once, flagged and unflagged records of an object
 * together: the gates of later stages measure the same records.
 */
export class AccessSamples {
  readonly #session: Session;
  readonly #ids = new Map<string, readonly string[]>();

  public constructor(session: Session) {
    this.#session = session;
  }

  /**
   * What the user can read of the samples, and the answers to the queries that travel beside. Records that the running user
   * cannot see are left out of the answer.
   */
  public async measure(wanted: readonly Sampled[], beside: readonly string[]): Promise<Measured> {
    const missing = wanted.filter(({ sobject, kind }) => !this.#ids.has(keyOf(sobject, kind)));
    const early = missing.length === 0 ? undefined : await this.#takeSamples(missing, beside);
    const asked = wanted.flatMap(({ sobject, kind, probe }) => {
      const ids = this.#ids.get(keyOf(sobject, kind)) ?? [];
      const userId = this.#userId(probe);
      return ids.length === 0 || userId === undefined
        ? []
        : [{ key: keyOf(sobject, kind), query: accessQuery(userId, ids) }];
    });
    const answers = await this.#ask([...asked.map(({ query }) => query), ...(early === undefined ? beside : [])]);
    const access = new Map(asked.map(({ key }, index) => [key, told(answers[index])]));
    return {
      access: (sobject, kind) => {
        const key = keyOf(sobject, kind);
        return access.get(key) ?? early?.refused.get(key) ?? this.#unasked(key);
      },
      beside: early?.beside ?? answers.slice(asked.length),
    };
  }

  /** Where there is no such record, nothing has to be asked. */
  #unasked(key: string): Rows {
    return this.#ids.get(key)?.length === 0 ? { ok: true, value: [] } : untold;
  }

  async #takeSamples(wanted: readonly Sampled[], beside: readonly string[]): Promise<Early> {
    await lookUpReferences(
      wanted.map(({ probe }) => ({ idOf: userKey(probe) })),
      this.#session,
    );
    const objects = [...new Map(wanted.map((sampled) => [sampled.sobject, sampled])).values()];
    const kinds: readonly SampleKind[] = ['flagged', 'unflagged'];
    const samples = objects.flatMap(({ sobject, probe }) =>
      kinds.map((kind) => ({
        key: keyOf(sobject, kind),
        query: sampleQuery(sobject, kind, probe, this.#userId(probe) ?? ''),
      })),
    );
    const answers = await this.#ask([...samples.map(({ query }) => query), ...beside]);
    const refused = new Map<string, Rows>();
    for (const [index, { key }] of samples.entries()) {
      const answer = answers[index] ?? untold;
      if (answer.ok) this.#ids.set(key, idsOf(answer.value));
      else refused.set(key, answer);
    }
    return { refused, beside: answers.slice(samples.length) };
  }

  async #ask(queries: readonly string[]): Promise<readonly Rows[]> {
    if (queries.length === 0) return [];
    return this.#session.port.queryAll(queries.map((query) => ({ soql: query, api: 'rest' })));
  }

  #userId(probe: AccessProbe): string | undefined {
    return this.#session.ids.get(userKey(probe));
  }
}

function sampleQuery(sobject: string, kind: SampleKind, { flagField }: AccessProbe, userId: string): string {
  const ofKind = soql`SELECT Id FROM ${soqlName(sobject)} WHERE ${soqlName(flagField)} = ${kind === 'flagged'}`;
  const comparable =
    kind === 'flagged' ? reachable(sobject) : soql` AND OwnerId != ${userId}${unrelated(sobject, userId)}`;
  return `${ofKind}${comparable} LIMIT ${sampleSize}`;
}

/** Sharing rules don't reach contacts without an account (Help, "Contacts: Sharing Considerations"). */
function reachable(sobject: string): string {
  return sobject === 'Contact' ? ' AND AccountId != null' : '';
}

/** Accounts that stay readable as parents of flagged records say nothing about the default. */
function unrelated(sobject: string, userId: string): SoqlFragment {
  const shared = soql` AND Id NOT IN (SELECT AccountId FROM AccountShare WHERE UserOrGroupId = ${userId})`;
  return new SoqlFragment(sobject === 'Account' ? shared : '');
}

function accessQuery(userId: string, ids: readonly string[]): string {
  return soql`SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = ${userId} AND RecordId IN ${ids}`;
}

function userKey({ username }: AccessProbe): string {
  return naturalKey('User', username);
}

function idsOf(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => textAt(row, 'Id') ?? []);
}

function keyOf(sobject: string, kind: SampleKind): string {
  return `${sobject}:${kind}`;
}
