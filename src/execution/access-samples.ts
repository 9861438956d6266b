import { textAt } from '../observation/row.js';
import type { Refusal, Row } from '../observation/question.js';
import { soql, SoqlFragment, soqlName } from '../org/soql.js';
import { naturalKey, type AccessProbe } from '../planning/change.js';
import { lookUpReferences } from './references.js';
import type { Session } from './session.js';

/** As many Ids as one question about a user's access may name (Object Reference, UserRecordAccess). */
const sampleSize = 200;

export type SampleKind = 'flagged' | 'unflagged';
type Sampled = { readonly sobject: string; readonly kind: SampleKind; readonly probe: AccessProbe };
type Measured = {
  readonly access: (sobject: string, kind: SampleKind) => readonly Row[];
  readonly beside: ReadonlyArray<readonly Row[]>;
  /** Questions about samples and access that Salesforce did not answer: their records are not among those measured. */
  readonly refusals: readonly Refusal[];
};
type Asked = { readonly rows: ReadonlyArray<readonly Row[]>; readonly refusals: readonly Refusal[] };

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
   * What the user can read of the samples, and the rows of the queries that travel beside. Records that the running user
   * cannot see are left out of the answer.
   */
  public async measure(wanted: readonly Sampled[], beside: readonly string[]): Promise<Measured> {
    const missing = wanted.filter(({ sobject, kind }) => !this.#ids.has(keyOf(sobject, kind)));
    const early = missing.length === 0 ? undefined : await this.#takeSamples(missing, beside);
    const asked = wanted.flatMap((sampled) => {
      const ids = this.#ids.get(keyOf(sampled.sobject, sampled.kind)) ?? [];
      const userId = this.#userId(sampled.probe);
      return ids.length === 0 || userId === undefined ? [] : [{ ...sampled, query: accessQuery(userId, ids) }];
    });
    const queries = asked.map(({ query }) => query);
    const { rows, refusals } = await this.#ask(queries, early === undefined ? beside : []);
    const access = new Map(asked.map(({ sobject, kind }, index) => [keyOf(sobject, kind), rows[index] ?? []]));
    return {
      access: (sobject, kind) => access.get(keyOf(sobject, kind)) ?? [],
      beside: early?.beside ?? rows.slice(asked.length),
      refusals: [...(early?.refusals ?? []), ...refusals],
    };
  }

  async #takeSamples(wanted: readonly Sampled[], beside: readonly string[]): Promise<Omit<Measured, 'access'>> {
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
    const queries = samples.map(({ query }) => query);
    const { rows, refusals } = await this.#ask(queries, beside);
    samples.forEach(({ key }, index) => this.#ids.set(key, idsOf(rows[index])));
    return { beside: rows.slice(samples.length), refusals };
  }

  /** What cannot be asked cannot be waited for: a refusal counts as no rows. */
  async #ask(queries: readonly string[], beside: readonly string[]): Promise<Asked> {
    const all = [...queries, ...beside];
    if (all.length === 0) return { rows: [], refusals: [] };
    const answers = await this.#session.port.queryAll(all.map((query) => ({ soql: query, api: 'rest' })));
    return {
      rows: answers.map((answer) => (answer.ok ? answer.value : [])),
      refusals: answers.slice(0, queries.length).flatMap((answer) => (answer.ok ? [] : [answer.refusal])),
    };
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

function idsOf(rows: readonly Row[] | undefined): readonly string[] {
  return (rows ?? []).flatMap((row) => textAt(row, 'Id') ?? []);
}

function keyOf(sobject: string, kind: SampleKind): string {
  return `${sobject}:${kind}`;
}
