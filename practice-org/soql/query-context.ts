import { toolingDefinition, toolingRows } from '../catalog/tooling-view.ts';
import type { RowSet } from '../access/access.ts';
import type { SalesforceError } from '../org/errors.ts';
import type { Caller, FilterHints, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { RowSource } from '../storage/table.ts';
import { queryError } from './query-error.ts';
import { userTime, type UserTime } from './user-time.ts';

export type QueryOptions = {
  /** Asked through the Tooling API. */
  readonly tooling?: boolean;
  /** queryAll: deleted rows too. */
  readonly allRows?: boolean;
};

const everyRow: RowSet = { all: true, has: () => true, count: () => 0 };
const noHints: FilterHints = new Map();

/** What one run of one query may see, and the sources it has opened. */
export class QueryContext {
  public readonly org: PracticeOrg;
  public readonly caller: Caller;
  public readonly text: string;
  public readonly tooling: boolean;
  public readonly allRows: boolean;
  private readonly sources = new Map<string, RowSource>();
  private readonly rowSets = new Map<string, RowSet>();
  private readonly fieldVisibility = new Map<string, boolean>();
  private clock: UserTime | undefined;

  public constructor(org: PracticeOrg, caller: Caller, text: string, options: QueryOptions) {
    this.org = org;
    this.caller = caller;
    this.text = text;
    this.tooling = options.tooling ?? false;
    this.allRows = options.allRows ?? false;
  }

  /** The object named in FROM; an object that the caller may not read does not exist for them. */
  public queriedObject(name: string, offset: number): ObjectDefinition {
    const object = this.org.schema.object(name);
    if (!object || !this.isReachable(object) || !this.isReadable(object)) throw this.unsupportedType(name, offset);
    if (!object.queryable) {
      throw queryError(
        this.text,
        offset,
        'INVALID_TYPE_FOR_OPERATION',
        `entity type ${object.name} does not support query`,
      );
    }
    return this.tooling ? toolingDefinition(object) : object;
  }

  public isReadable(object: ObjectDefinition): boolean {
    return this.caller.system === true || this.org.access.objectAccess(this.caller.userId, object.name).read;
  }

  /** A field hidden from the caller does not exist for them. */
  public field(object: ObjectDefinition, name: string): FieldDefinition | undefined {
    const field = object.fields.get(name.toLowerCase());
    return field && this.isFieldVisible(object, field) ? field : undefined;
  }

  public source(object: ObjectDefinition, hints: FilterHints = noHints): RowSource {
    const key = object.name.toLowerCase();
    const known = this.sources.get(key);
    if (known) return known;
    const computed = this.org.computed.get(key);
    const rows = computed ? computed(this.caller, hints) : this.org.store.table(key);
    const source = this.tooling ? toolingRows(this.org, rows) : rows;
    this.sources.set(key, source);
    return source;
  }

  public visible(object: ObjectDefinition): RowSet {
    const known = this.rowSets.get(object.name);
    if (known) return known;
    const rows = this.caller.system || !object.permissionable ? everyRow : this.sharedRows(object);
    this.rowSets.set(object.name, rows);
    return rows;
  }

  public get time(): UserTime {
    this.clock ??= userTime(this.org.clock.now(), this.timeZone());
    return this.clock;
  }

  private sharedRows(object: ObjectDefinition): RowSet {
    return this.org.access.visibleRows(this.caller.userId, object.name);
  }

  private isFieldVisible(object: ObjectDefinition, field: FieldDefinition): boolean {
    if (this.caller.system) return true;
    const key = `${object.name}.${field.name}`;
    const known = this.fieldVisibility.get(key);
    if (known !== undefined) return known;
    const isOfCatalogue = this.org.schema.field(object.name, field.name) === undefined;
    const visible = isOfCatalogue || this.org.access.fieldAccess(this.caller.userId, object.name, field.name).read;
    this.fieldVisibility.set(key, visible);
    return visible;
  }

  private isReachable(object: ObjectDefinition): boolean {
    return object.api === 'both' || (object.api === 'tooling') === this.tooling;
  }

  private unsupportedType(name: string, offset: number): SalesforceError {
    return queryError(
      this.text,
      offset,
      'INVALID_TYPE',
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  }

  private timeZone(): string {
    const zone = this.org.store.find('User', this.caller.userId)?.['TimeZoneSidKey'];
    return typeof zone === 'string' ? zone : 'UTC';
  }
}
