import type { FieldDefinition, FieldType } from '../schema/definitions.ts';
import type { RowSource } from '../storage/table.ts';
import type { Expression, FunctionCall } from './ast.ts';
import { dateFunctions } from './date-functions.ts';
import { fieldReader, type Reader } from './field-reader.ts';
import { canonicalPath, resolveField, type Origin, type ResolvedField } from './field-resolution.ts';
import { notInPracticeOrg, unexpectedToken } from './query-error.ts';
import type { QueryContext } from './query-context.ts';

/** An expression ready to be read off a row, or off a group of rows. */
export type BoundExpression = {
  readonly read: Reader;
  readonly type: FieldType;
  /** The field it is about; null for a count of rows. */
  readonly field: FieldDefinition | null;
  /** In canonical spelling: "Owner.Name", "CALENDAR_YEAR(CreatedDate)". */
  readonly path: string;
  /** How Salesforce names the field in errors: as it was written. */
  readonly resolved: ResolvedField | null;
  readonly offset: number;
};

export type Binder = (expression: Expression) => BoundExpression;

export const aggregateFunctions: ReadonlySet<string> = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX']);

/** Functions that leave the value as it is for a filter; projection gives FORMAT its text. */
const transparentFunctions: ReadonlySet<string> = new Set(['CONVERTCURRENCY', 'CONVERTTIMEZONE', 'FORMAT']);

const missingFunctions: ReadonlySet<string> = new Set(['DISTANCE', 'GEOLOCATION', 'GROUPING']);

export function isAggregate(expression: Expression): expression is FunctionCall {
  return expression.kind === 'call' && aggregateFunctions.has(expression.name);
}

/** Binds what can be read off a single row: fields, and functions of one field. */
export function rowBinder(context: QueryContext, origin: Origin, source: RowSource): Binder {
  const bind: Binder = (expression) => {
    if (expression.kind === 'call') return bindCall(context, expression, bind);
    const resolved = resolveField(context, origin, expression);
    return {
      read: fieldReader(context, source, resolved.hops, resolved.field),
      type: resolved.field.type,
      field: resolved.field,
      path: canonicalPath(resolved),
      resolved,
      offset: expression.offset,
    };
  };
  return bind;
}

function bindCall(context: QueryContext, call: FunctionCall, bind: Binder): BoundExpression {
  if (missingFunctions.has(call.name)) throw notInPracticeOrg(call.name);
  if (call.argument === null || aggregateFunctions.has(call.name))
    throw unexpectedToken(context.text, call.offset, call.name);
  const argument = bind(call.argument);
  const path = `${call.name}(${argument.path})`;
  if (transparentFunctions.has(call.name)) return { ...argument, path };
  if (call.name === 'TOLABEL') return { ...argument, path, read: labelReader(argument), type: 'string' };
  const dateFunction = dateFunctions[call.name];
  if (!dateFunction) throw unexpectedToken(context.text, call.offset, call.name);
  const { read } = argument;
  return {
    ...argument,
    path,
    type: dateFunction.type,
    read: (row) => {
      const value = read(row);
      return typeof value === 'string' ? dateFunction.of(value) : null;
    },
  };
}

export function labelReader({ read, field }: Pick<BoundExpression, 'read' | 'field'>): Reader {
  const labels = new Map(field?.picklistValues.map(({ value, label }) => [value, label]));
  return (row) => {
    const value = read(row);
    if (typeof value !== 'string') return value;
    return field?.type === 'multipicklist'
      ? value
          .split(';')
          .map((part) => labels.get(part) ?? part)
          .join(';')
      : (labels.get(value) ?? value);
  };
}
