import type { PracticeOrg } from '../../org/practice-org.ts';
import type { ComponentRecords } from '../component-records.ts';
import type { ComponentType, ReadScope } from '../components/component-type.ts';
import type { Document } from '../document.ts';
import type { PackageMembers } from '../messages.ts';
import { childDescription, typeDescription, type TypeDescription } from '../registry.ts';
import { encodeComponent } from '../structure/encode-component.ts';

export type RetrievedFile = {
  readonly description: TypeDescription;
  readonly fullName: string;
  readonly document: Document;
  /** Components inside the file, the file's own among them where it was asked for. */
  readonly components: ReadonlyArray<{ readonly type: string; readonly fullName: string }>;
};
export type Retrieval = { readonly files: readonly RetrievedFile[]; readonly problems: readonly string[] };

type Selection = {
  readonly description: TypeDescription;
  readonly fullName: string;
  /** The container itself was named: everything in it comes along. */
  whole: boolean;
  readonly children: Set<string>;
};

export class ComponentFiles {
  readonly #org: PracticeOrg;
  readonly #types: ReadonlyMap<string, ComponentType>;
  readonly #records: ComponentRecords;

  public constructor(org: PracticeOrg, types: ReadonlyMap<string, ComponentType>, records: ComponentRecords) {
    this.#org = org;
    this.#types = types;
    this.#records = records;
  }

  /** The files that hold what a request names; children of one object share a file. */
  public retrieve(members: readonly PackageMembers[], version: number): Retrieval {
    const selections = new Map<string, Selection>();
    const problems: string[] = [];
    const scope = requestScope(members, version);
    const select = (description: TypeDescription, fullName: string): Selection => {
      const key = `${description.name}:${fullName}`;
      const selection = selections.get(key) ?? { description, fullName, whole: false, children: new Set<string>() };
      selections.set(key, selection);
      return selection;
    };
    for (const { name, members: fullNames } of members) {
      const description = typeDescription(name);
      const child = childDescription(name);
      if (description === undefined && child === undefined) {
        problems.push(`Entity type '${name}' is not implemented by the practice org`);
        continue;
      }
      for (const member of fullNames.flatMap((fullName) => this.#expand(name, fullName))) {
        const known = this.#canonical(name, member);
        if (known === undefined) {
          problems.push(`Entity of type '${name}' named '${member}' cannot be found`);
        } else if (description !== undefined) {
          select(description, known).whole = true;
        } else if (child !== undefined) {
          select(child.parent, known.slice(0, known.indexOf('.'))).children.add(`${name}:${known}`);
        }
      }
    }
    return { files: [...selections.values()].map((selection) => this.#file(selection, scope)), problems };
  }

  /** One component as it is read by itself. */
  public read(type: string, fullName: string, scope: ReadScope): Document | undefined {
    const handler = this.#types.get(type);
    const written = handler?.read(fullName, scope);
    if (written === undefined || this.#org.settings.quirks.retrieve === 'normalised') return written;
    const deployed = this.#records.get(type, fullName)?.deployed;
    if (deployed === undefined || deployed === null) return written;
    const current = encodeComponent(type, fullName, written, scope.version);
    return current === deployed.normalised ? deployed.document : written;
  }

  /** A container with everything inside it. */
  public readWhole(type: string, fullName: string, scope: ReadScope): Document | undefined {
    const own = this.read(type, fullName, scope);
    const description = typeDescription(type);
    if (own === undefined || description === undefined) return own;
    return { ...own, ...this.#children(description, fullName, scope, () => true) };
  }

  /** `*` names every component of a type, except that it leaves standard objects out (Metadata API, CustomObject). */
  #expand(type: string, fullName: string): readonly string[] {
    if (fullName !== '*') return [fullName];
    const names = this.#types.get(type)?.names() ?? [];
    return type === 'CustomObject' ? names.filter((name) => name.endsWith('__c')) : names;
  }

  #canonical(type: string, fullName: string): string | undefined {
    const handler = this.#types.get(type);
    const known = handler?.names().find((name) => name.toLowerCase() === fullName.toLowerCase());
    if (known !== undefined) return known;
    return handler?.read(fullName, { version: 0, named: () => new Set() }) === undefined ? undefined : fullName;
  }

  #children(
    description: TypeDescription,
    fullName: string,
    scope: ReadScope,
    isWanted: (type: string, name: string) => boolean,
  ): Document {
    const elements: Record<string, readonly Document[]> = {};
    for (const [element, type] of Object.entries(description.children)) {
      const documents = this.#childNames(type, fullName)
        .filter((name) => isWanted(type, name))
        .map((name) => this.read(type, name, scope))
        .filter((document) => document !== undefined);
      if (documents.length > 0) elements[element] = documents;
    }
    return elements;
  }

  #childNames(type: string, parent: string): readonly string[] {
    const prefix = `${parent.toLowerCase()}.`;
    const names = this.#types.get(type)?.names() ?? [];
    return names.filter((name) => name.toLowerCase().startsWith(prefix)).toSorted();
  }

  #file({ description, fullName, whole, children }: Selection, scope: ReadScope): RetrievedFile {
    const named = [...children].map((key) => {
      const [type = '', ...rest] = key.split(':');
      return { type, fullName: rest.join(':') };
    });
    const own = whole ? (this.read(description.name, fullName, scope) ?? {}) : {};
    const inside = this.#children(
      description,
      fullName,
      scope,
      (type, name) => whole || children.has(`${type}:${name}`),
    );
    const standard = whole ? {} : this.#namedStandardFields(named, scope);
    const everything = Object.values(description.children).flatMap((type) =>
      this.#childNames(type, fullName).map((name) => ({ type, fullName: name })),
    );
    return {
      description,
      fullName,
      document: { ...own, ...mergeLists(standard, inside) },
      components: whole ? [{ type: description.name, fullName }, ...everything] : named,
    };
  }

  /** Standard fields are not listed, but may be named. */
  #namedStandardFields(
    named: ReadonlyArray<{ readonly type: string; readonly fullName: string }>,
    scope: ReadScope,
  ): Document {
    const fields = named
      .filter(({ type, fullName }) => type === 'CustomField' && !fullName.endsWith('__c'))
      .map(({ type, fullName }) => this.read(type, fullName, scope))
      .filter((document) => document !== undefined);
    return fields.length === 0 ? {} : { fields };
  }
}

function mergeLists(one: Document, other: Document): Document {
  const fields = [one['fields'], other['fields']]
    .filter((list): list is readonly Document[] => Array.isArray(list))
    .flat();
  return { ...one, ...other, ...(fields.length === 0 ? {} : { fields }) };
}

/** What is named in a request, by type; profiles and permission sets write only what concerns these. */
function requestScope(members: readonly PackageMembers[], version: number): ReadScope {
  const named = new Map<string, Set<string>>();
  for (const { name, members: fullNames } of members) {
    named.set(name, new Set([...(named.get(name) ?? []), ...fullNames]));
  }
  return { version, named: (type) => named.get(type) ?? new Set() };
}
