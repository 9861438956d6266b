import { SalesforceError } from '../org/errors.ts';
import { parseSoql } from '../soql/parser.ts';
import type { Query, SelectItem } from '../soql/ast.ts';
import type { QueryResult } from '../soql/query.ts';
import { isJsonObject } from '../rest/json-body.ts';

/** Columns of a result file: the paths of the SELECT list in its order, each as the org spells it. */
export function resultColumns(soql: string, result: QueryResult): readonly string[] {
  const query = parseSoql(soql);
  refuseUnsupported(query);
  const spelling = new Map(leafPaths(result.columnMetadata().columnMetadata).map((path) => [path.toLowerCase(), path]));
  const selected = query.select.map((item) => spelling.get(selectedPath(query, item).toLowerCase()));
  const known = selected.filter((path) => path !== undefined);
  const columns = known.length === selected.length ? known : [...spelling.values()];
  if (columns.some((path) => isCompound(result, path))) {
    throw unsupported('Selecting compound data not supported in Bulk Query');
  }
  return columns;
}

function isCompound(result: QueryResult, path: string): boolean {
  const type = result.object.fields.get(path.toLowerCase())?.type;
  return type === 'address' || type === 'location';
}

/** Bulk queries return flat rows only (Bulk API 2.0 guide, "SOQL Considerations"). */
function refuseUnsupported(query: Query): void {
  const flat = query.groupBy.length === 0 && query.select.every(isFlat);
  if (!flat) throw unsupported('Aggregate Relationships not supported in Bulk Query');
}

function isFlat(item: SelectItem): boolean {
  return item.kind === 'fieldSet' || (item.kind === 'expression' && item.expression.kind === 'field');
}

function unsupported(message: string): SalesforceError {
  return new SalesforceError('FUNCTIONALITY_NOT_ENABLED', message);
}

function selectedPath({ from, alias }: Query, item: SelectItem): string {
  if (item.kind !== 'expression' || item.expression.kind !== 'field') return '';
  const [first = '', ...rest] = item.expression.names;
  const qualifiers = [alias, from.names.at(-1)].map((name) => name?.toLowerCase());
  const qualified = rest.length > 0 && qualifiers.includes(first.toLowerCase());
  return (qualified ? rest : item.expression.names).join('.');
}

function leafPaths(columns: readonly unknown[], prefix = ''): readonly string[] {
  return columns.filter(isJsonObject).flatMap(({ columnName, joinColumns }) => {
    const path = prefix + String(columnName);
    const joined: readonly unknown[] = Array.isArray(joinColumns) ? joinColumns : [];
    return joined.length === 0 ? [path] : leafPaths(joined, `${path}.`);
  });
}
