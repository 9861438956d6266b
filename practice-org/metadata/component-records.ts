import type { Clock, PracticeOrg } from '../org/practice-org.ts';
import { formatId } from '../storage/record-id.ts';
import type { Document } from './document.ts';

export type ComponentRecord = {
  readonly fullName: string;
  readonly id: string;
  readonly createdById: string;
  readonly createdDate: string;
  readonly lastModifiedById: string;
  readonly lastModifiedDate: string;
  /** Parts of the component that no row, schema or sharing configuration holds: they are kept as they were read. */
  readonly held: Document;
  /** As it was deployed, with what the org made of it: for orgs that give back what they were given. */
  readonly deployed: { readonly document: Document; readonly normalised: string } | null;
};

/** Key prefix of components that have no row of their own, and so no documented Id. */
const componentKeyPrefix = '4co';

/** The Metadata API writes ISO dates, unlike the timestamps of rows. */
export function isoDate(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

/** What the org remembers of metadata components beside rows, schema and sharing configuration. Journalled like these. */
export class ComponentRecords {
  readonly #org: PracticeOrg;
  readonly #records = new Map<string, Map<string, ComponentRecord>>();
  #created = 0;

  public constructor(org: PracticeOrg) {
    this.#org = org;
  }

  public get(type: string, fullName: string): ComponentRecord | undefined {
    return this.#records.get(type)?.get(fullName.toLowerCase());
  }

  public held(type: string, fullName: string): Document {
    return this.get(type, fullName)?.held ?? {};
  }

  public names(type: string): readonly string[] {
    return [...(this.#records.get(type)?.values() ?? [])].map((record) => record.fullName);
  }

  public put(
    type: string,
    fullName: string,
    userId: string,
    change: Partial<Pick<ComponentRecord, 'held' | 'deployed' | 'id'>>,
  ): void {
    const now = isoDate(this.#org.clock);
    const before = this.get(type, fullName);
    this.#set(type, fullName, {
      fullName: before?.fullName ?? fullName,
      id: before?.id ?? this.#nextId(),
      createdById: before?.createdById ?? userId,
      createdDate: before?.createdDate ?? now,
      held: before?.held ?? {},
      deployed: before?.deployed ?? null,
      ...change,
      lastModifiedById: userId,
      lastModifiedDate: now,
    });
  }

  public remove(type: string, fullName: string): void {
    this.#set(type, fullName, undefined);
  }

  #nextId(): string {
    this.#created += 1;
    return formatId({ keyPrefix: componentKeyPrefix, instance: this.#org.organizationId.slice(3, 6) }, this.#created);
  }

  #set(type: string, fullName: string, next: ComponentRecord | undefined): void {
    const ofType = this.#records.get(type) ?? new Map<string, ComponentRecord>();
    this.#records.set(type, ofType);
    const key = fullName.toLowerCase();
    const before = ofType.get(key);
    replace(ofType, key, next);
    this.#org.store.journal(() => replace(ofType, key, before));
  }
}

function replace<Item>(items: Map<string, Item>, key: string, next: Item | undefined): void {
  if (next === undefined) items.delete(key);
  else items.set(key, next);
}
