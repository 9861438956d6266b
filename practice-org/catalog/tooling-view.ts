import type { PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { text } from '../schema/notation.ts';
import { profileMetadataLabel } from '../metadata/components/profile-names.ts';
import { profileFullName } from '../seed/profile-names.ts';
import type { RowSource, Value } from '../storage/table.ts';
import { structured } from './catalogue-object.ts';

/** Columns that an object has in the Tooling API only. */
type ToolingColumns = (org: PracticeOrg, rows: RowSource) => Readonly<Record<string, (row: number) => Value>>;

const profileColumns: ToolingColumns = ({ settings }, rows) => {
  const name = rows.reader('Name');
  const description = rows.reader('Description');
  const label = (row: number): string => profileFullName(String(name(row)), settings.quirks.language);
  return {
    FullName: (row) => profileMetadataLabel(label(row)),
    Metadata: (row) => JSON.stringify({ custom: !isStandard(label(row)), description: description(row) }),
  };
};

const layoutColumns: ToolingColumns = (_org, rows) => {
  const name = rows.reader('Name');
  const entity = rows.reader('TableEnumOrId');
  return { FullName: (row) => `${String(entity(row))}-${String(name(row))}` };
};

const standardProfiles: ReadonlySet<string> = new Set([
  'System Administrator',
  'Standard User',
  'Minimum Access - Salesforce',
  'Minimum Access - API Only Integrations',
]);

function isStandard(label: string): boolean {
  return standardProfiles.has(label);
}

const views: Readonly<
  Record<string, { readonly fields: ReadonlyArray<ReturnType<typeof text>>; readonly columns: ToolingColumns }>
> = {
  profile: { fields: [text('FullName', 255, 'GN'), structured('Metadata')], columns: profileColumns },
  layout: { fields: [text('FullName', 255, 'GN')], columns: layoutColumns },
};

/** The object with the fields that only the Tooling API shows. */
export function toolingDefinition(object: ObjectDefinition): ObjectDefinition {
  const view = views[object.name.toLowerCase()];
  if (!view) return object;
  const fields = new Map(object.fields);
  for (const field of view.fields) fields.set(field.name.toLowerCase(), field);
  return { ...object, fields };
}

export function toolingRows(org: PracticeOrg, rows: RowSource): RowSource {
  const view = views[rows.object.name.toLowerCase()];
  if (!view) return rows;
  const columns = view.columns(org, rows);
  return {
    object: toolingDefinition(rows.object),
    rowCount: rows.rowCount,
    isLive: (row) => rows.isLive(row),
    reader: (field) => columns[field] ?? rows.reader(field),
    rowOf: (id) => rows.rowOf(id),
    lookup: (field, value) => (field in columns ? undefined : rows.lookup(field, value)),
  };
}
