import { SalesforceError } from '../org/errors.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { isAggregateQuery, isCount } from './aggregation.ts';
import type { Condition, Expression, Query } from './ast.ts';
import { malformedQuery } from './query-error.ts';

/**
 * Objects of the metadata catalogue take only part of SOQL ("SOQL Limitations" in the Tooling API guide), and some of them
 * must be asked for by a key. Columns of a relationship ("EntityDefinition.QualifiedApiName") count as its Id.
 */
const requiredFilters: Readonly<Record<string, readonly string[]>> = {
  entitydefinition: [],
  fielddefinition: ['EntityDefinitionId', 'DurableId'],
  entityparticle: ['EntityDefinitionId', 'FieldDefinitionId', 'DurableId'],
  userentityaccess: ['UserId', 'DurableId'],
  userfieldaccess: ['DurableId'],
};

const largestReifiedResult = 2_000;
const recordAccessSelectable = /^(recordid|maxaccesslevel|has(read|edit|delete|transfer|all)access)$/;
const recordAccessLevel = /^(maxaccesslevel|has(read|edit|delete|transfer|all)access)$/;
const largestRecordAccess = 200;

function isReified(object: ObjectDefinition): boolean {
  return object.name.toLowerCase() in requiredFilters;
}

/** EntityParticle is paged with DurableId and LIMIT; the others ignore LIMIT and OFFSET. */
export function ignoresLimit(object: ObjectDefinition): boolean {
  return isReified(object) && object.name !== 'EntityParticle';
}

export function checkRestrictions(object: ObjectDefinition, query: Query): void {
  if (isReified(object)) checkReified(object, query);
  if (object.name === 'UserRecordAccess') checkRecordAccess(query);
  // Nothing but COUNT() on its own (Object Reference, SetupAuditTrail).
  if (object.name === 'SetupAuditTrail' && isAggregateQuery(query) && !isCount(query)) throw unsupportedByStorage();
}

export function checkReifiedSize(object: ObjectDefinition, rows: number): void {
  if (!isReified(object) || rows <= largestReifiedResult) return;
  throw new SalesforceError(
    'EXCEEDED_ID_LIMIT',
    `${object.name} does not support queryMore(), use LIMIT to restrict the results to a single batch`,
  );
}

function checkReified(object: ObjectDefinition, query: Query): void {
  if (isAggregateQuery(query) && !isCount(query)) throw unsupportedByStorage();
  if (query.where) checkReifiedCondition(query.where);
  const required = requiredFilters[object.name.toLowerCase()] ?? [];
  const filtered = new Set(query.where ? keysFilteredBy(query.where) : []);
  if (required.length > 0 && !required.some((field) => filtered.has(field.toLowerCase()))) {
    throw malformedQuery(`${object.name}: a filter on a reified column is required [${required.join(',')}]`);
  }
}

function unsupportedByStorage(): SalesforceError {
  return new SalesforceError(
    'EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION',
    'The requested operation is not yet supported by this SObject storage type, contact salesforce.com support for more information.',
  );
}

function checkReifiedCondition(condition: Condition): void {
  switch (condition.kind) {
    case 'and':
      condition.conditions.forEach(checkReifiedCondition);
      return;
    case 'or':
      throw malformedQuery('Disjunctions not supported');
    case 'not':
      throw malformedQuery('Only equals comparisons permitted');
    case 'comparison':
      if (condition.operator === '!=') throw malformedQuery('Only equals comparisons permitted');
      return;
    case 'list':
      if (condition.operator === 'NOT IN') throw malformedQuery('Only equals comparisons permitted');
      if (condition.operator !== 'IN') throw malformedQuery('Unsupported filter type');
      return;
    case 'semiJoin':
      throw malformedQuery('Unsupported filter type');
  }
}

/** Lower-case names of the columns that an equality or IN filter fixes. */
function keysFilteredBy(condition: Condition): readonly string[] {
  if (condition.kind === 'and') return condition.conditions.flatMap(keysFilteredBy);
  const fixes =
    (condition.kind === 'comparison' && condition.operator === '=') ||
    (condition.kind === 'list' && condition.operator === 'IN');
  return fixes ? keyOf(condition.left) : [];
}

function keyOf(expression: Expression): readonly string[] {
  if (expression.kind !== 'field') return [];
  const [relationship, ...rest] = expression.names.slice(-2).map((name) => name.toLowerCase());
  if (relationship === undefined) return [];
  return rest.length === 0 ? [relationship] : [`${relationship}id`, ...rest];
}

/** UserRecordAccess answers for one user and at most 200 records, named by their Ids (Object Reference). */
function checkRecordAccess(query: Query): void {
  const selected = query.select.map((item) =>
    item.kind === 'expression' && item.expression.kind === 'field' ? lastName(item.expression) : '',
  );
  if (selected.some((name) => !recordAccessSelectable.test(name))) {
    throw new SalesforceError('INVALID_FIELD', 'Can select only RecordId, a Has*Access field, and MaxAccessLevel');
  }
  const conjuncts = query.where?.kind === 'and' ? query.where.conditions : query.where ? [query.where] : [];
  if (!conjuncts.some(fixesUser) || !conjuncts.some(fixesRecords)) {
    throw malformedQuery(
      "Implementation restriction: UserRecordAccess requires a filter by a single UserId using the equals operator and by RecordId using the equals or 'IN' operator",
    );
  }
  if (conjuncts.some(filtersByLevel) && selected.some((name) => name !== 'recordid')) {
    throw new SalesforceError('INVALID_FIELD', 'Can select only RecordId when filtering by access level');
  }
  for (const condition of conjuncts) {
    if (condition.kind === 'list' && condition.values.length > largestRecordAccess) {
      throw new SalesforceError('LIMIT_EXCEEDED', `Number of records exceeds limit:${largestRecordAccess}`);
    }
  }
}

function lastName(expression: Expression): string {
  return expression.kind === 'field' ? (expression.names.at(-1)?.toLowerCase() ?? '') : '';
}

function fixesUser(condition: Condition): boolean {
  return condition.kind === 'comparison' && condition.operator === '=' && lastName(condition.left) === 'userid';
}

function fixesRecords(condition: Condition): boolean {
  const isEquality = condition.kind === 'comparison' && condition.operator === '=';
  const isList = condition.kind === 'list' && condition.operator === 'IN';
  return (isEquality || isList) && lastName(condition.left) === 'recordid';
}

function filtersByLevel(condition: Condition): boolean {
  return 'left' in condition && recordAccessLevel.test(lastName(condition.left));
}
