import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import { Column } from './column.ts';
import { derivedReader } from '../schema/derived-field.ts';
import { FieldIndex } from './field-index.ts';
import type { Journal } from './journal.ts';
import { formatId, hasChecksum, normalizeId, parseId, type IdFormat } from './record-id.ts';
import type { Table, Value, Values } from './table.ts';

/** Rows that exist without being stored: each column's value is a pure function of the row until it is overwritten. */
export type GeneratedRows = {
  readonly rowCount: number;
  readonly columns: Readonly<Record<string, (row: number) => Value>>;
};

type TableEnvironment = {
  readonly journal: Journal;
  readonly instance: string;
  /** What a row inserted without system fields gets. */
  readonly timestamp: () => string;
  readonly systemUserId: () => string;
  /** The definition as it is now: fields come and go while the table exists. */
  readonly definition: () => ObjectDefinition;
};

/** Above this an index over generated values would cost more memory than the scan that it saves is worth. */
const largestIndexedBase = 20_000;
const indexedTextFields = new Set(['Name', 'DeveloperName', 'Username', 'CommunityNickname', 'NamespacePrefix']);

export class StoredTable implements Table {
  public rowCount: number;
  public version = 0;
  private readonly environment: TableEnvironment;
  private readonly generated: GeneratedRows;
  private readonly idFormat: IdFormat;
  private readonly columns = new Map<string, Column>();
  private readonly indexes = new Map<string, FieldIndex>();
  private readonly explicitIds = new Map<string, number>();
  private deleted = new Uint8Array(0);

  public constructor(environment: TableEnvironment, generated: GeneratedRows) {
    this.environment = environment;
    this.generated = generated;
    this.rowCount = generated.rowCount;
    this.idFormat = { keyPrefix: this.object.keyPrefix ?? '000', instance: environment.instance };
  }

  public get object(): ObjectDefinition {
    return this.environment.definition();
  }

  public get idsAscend(): boolean {
    return this.explicitIds.size === 0;
  }

  public isLive(row: number): boolean {
    return row >= 0 && row < this.rowCount && (row >= this.deleted.length || this.deleted[row] === 0);
  }

  public idOf(row: number): string {
    const explicit = this.explicitIds.size > 0 ? this.columns.get('Id')?.get(row) : undefined;
    return typeof explicit === 'string' ? explicit : formatId(this.idFormat, row + 1);
  }

  public rowOf(id: string): number | undefined {
    const row = this.anyRowOf(id);
    return row !== undefined && this.isLive(row) ? row : undefined;
  }

  public isDeletedId(id: string): boolean {
    const row = this.anyRowOf(id);
    return row !== undefined && !this.isLive(row);
  }

  public reader(field: string): (row: number) => Value {
    if (field === 'Id') return (row) => this.idOf(row);
    if (field === 'IsDeleted') return (row) => !this.isLive(row);
    return derivedReader(this.object, field, (source) => this.reader(source)) ?? this.column(field).reader();
  }

  public lookup(field: string, value: Value): Iterable<number> | undefined {
    if (value === null) return undefined;
    if (field === 'Id') return typeof value === 'string' ? present(this.rowOf(value)) : [];
    const rows = this.index(field)?.rows(value);
    return rows && [...rows].filter((row) => this.isLive(row)).sort((one, other) => one - other);
  }

  public insert(values: Values): number {
    const row = this.rowCount;
    this.rowCount++;
    this.changed(() => {
      this.rowCount--;
    });
    if (typeof values['Id'] === 'string') this.writeExplicitId(row, values['Id']);
    for (const [field, value] of Object.entries({ ...this.systemValues(), ...values })) {
      if (field !== 'Id' && field !== 'IsDeleted') this.write(row, field, value);
    }
    return row;
  }

  public update(row: number, values: Values): void {
    for (const [field, value] of Object.entries(values)) this.write(row, field, value);
  }

  public delete(row: number): void {
    this.setDeleted(row, 1);
  }

  public undelete(row: number): void {
    this.setDeleted(row, 0);
  }

  /** Forgets a removed field's values, so that a field created again under the same name starts empty. */
  public dropColumn(field: string): void {
    const column = this.columns.get(field);
    this.columns.delete(field);
    this.indexes.delete(field);
    this.changed(() => {
      if (column) this.columns.set(field, column);
    });
  }

  /** Live or deleted. */
  private anyRowOf(id: string): number | undefined {
    const sequence = parseId(this.idFormat, id);
    if (sequence !== undefined && this.explicitIds.size === 0 && hasChecksum(id)) return this.existing(sequence - 1);
    const id18 = normalizeId(id);
    if (id18 === undefined) return undefined;
    const row = this.existing(this.explicitIds.get(id18) ?? (parseId(this.idFormat, id18) ?? 0) - 1);
    return row !== undefined && this.idOf(row) === id18 ? row : undefined;
  }

  private existing(row: number): number | undefined {
    return row >= 0 && row < this.rowCount ? row : undefined;
  }

  private systemValues(): Values {
    const { fields } = this.object;
    const timestamp = this.environment.timestamp();
    const systemUserId = this.environment.systemUserId();
    const values: Record<string, Value> = {};
    for (const name of ['CreatedDate', 'LastModifiedDate', 'SystemModstamp']) {
      if (fields.has(name.toLowerCase())) values[name] = timestamp;
    }
    for (const name of ['CreatedById', 'LastModifiedById']) {
      if (fields.has(name.toLowerCase())) values[name] = systemUserId;
    }
    return values;
  }

  private write(row: number, fieldName: string, value: Value): void {
    const field = this.definitionOf(fieldName);
    const stored = field.type === 'reference' && typeof value === 'string' ? (normalizeId(value) ?? value) : value;
    const column = this.column(fieldName);
    const before = column.get(row);
    const code = column.set(row, stored);
    this.reindex(fieldName, row, before, stored);
    this.changed(() => {
      column.restore(row, code);
      this.reindex(fieldName, row, stored, before);
    });
  }

  private writeExplicitId(row: number, id: string): void {
    const id18 = normalizeId(id);
    if (id18 === undefined) throw new Error(`Not an Id: ${id}`);
    const column = this.column('Id');
    const code = column.set(row, id18);
    this.explicitIds.set(id18, row);
    this.changed(() => {
      column.restore(row, code);
      this.explicitIds.delete(id18);
    });
  }

  private setDeleted(row: number, mark: 0 | 1): void {
    if (row >= this.deleted.length) {
      const grown = new Uint8Array(Math.max(this.rowCount, row + 1) + (this.rowCount >> 2));
      grown.set(this.deleted);
      this.deleted = grown;
    }
    const before = this.deleted[row] ?? 0;
    this.deleted[row] = mark;
    this.changed(() => {
      this.deleted[row] = before;
    });
  }

  private changed(undo: () => void): void {
    this.version++;
    this.environment.journal.record(() => {
      undo();
      this.version++;
    });
  }

  private definitionOf(name: string): FieldDefinition {
    const field = this.object.fields.get(name.toLowerCase());
    if (!field) throw new Error(`${this.object.name} has no field ${name}`);
    return field;
  }

  private column(name: string): Column {
    const known = this.columns.get(name);
    if (known) return known;
    const column = new Column(this.baseOf(this.definitionOf(name)));
    this.columns.set(name, column);
    return column;
  }

  /** A checkbox is never null: a row that was never written holds the field's default. */
  private baseOf(field: FieldDefinition): (row: number) => Value {
    const empty: Value = field.type === 'boolean' ? field.defaultValue === true : null;
    const generator = this.generated.columns[field.name];
    const { rowCount } = this.generated;
    if (!generator) return () => empty;
    return (row) => (row < rowCount ? generator(row) : empty);
  }

  private index(fieldName: string): FieldIndex | undefined {
    const known = this.indexes.get(fieldName);
    if (known) return known;
    if (!this.isIndexable(this.definitionOf(fieldName))) return undefined;
    const index = new FieldIndex();
    const read = this.reader(fieldName);
    for (let row = 0; row < this.rowCount; row++) index.add(read(row), row);
    this.indexes.set(fieldName, index);
    return index;
  }

  private isIndexable(field: FieldDefinition): boolean {
    if (derivedReader(this.object, field.name, () => () => null)) return false;
    const isKey = field.type === 'reference' || field.unique || field.externalId || indexedTextFields.has(field.name);
    const isLarge = this.generated.rowCount > largestIndexedBase && field.name in this.generated.columns;
    return isKey && !isLarge;
  }

  private reindex(field: string, row: number, before: Value, after: Value): void {
    const index = this.indexes.get(field);
    index?.remove(before, row);
    index?.add(after, row);
  }
}

function present(row: number | undefined): readonly number[] {
  return row === undefined ? [] : [row];
}
