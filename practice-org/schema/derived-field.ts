import { isClosedCase, isClosedTask, stageNamed } from './catalogue/stages.ts';
import type { ObjectDefinition } from './definitions.ts';
import type { Value } from '../storage/table.ts';

type Reader = (row: number) => Value;
type ReadField = (field: string) => Reader;

/** Fields of standard objects that follow from one other field of the record. */
const following: Readonly<Record<string, readonly [source: string, derive: (value: Value) => Value]>> = {
  'Opportunity.IsClosed': ['StageName', (stage) => stageNamed(stage)?.closed ?? false],
  'Opportunity.IsWon': ['StageName', (stage) => stageNamed(stage)?.won ?? false],
  'Opportunity.ForecastCategory': ['StageName', (stage) => stageNamed(stage)?.forecastCategory ?? 'Pipeline'],
  'Opportunity.FiscalYear': ['CloseDate', (date) => (typeof date === 'string' ? Number(date.slice(0, 4)) : null)],
  'Opportunity.FiscalQuarter': ['CloseDate', (date) => (typeof date === 'string' ? quarterOf(date) : null)],
  'Opportunity.Fiscal': [
    'CloseDate',
    (date) => (typeof date === 'string' ? `${date.slice(0, 4)} ${quarterOf(date)}` : null),
  ],
  'Case.IsClosed': ['Status', isClosedCase],
  'Task.IsClosed': ['Status', isClosedTask],
};

/** Fields that the platform computes from others at every read; undefined for a stored field. */
export function derivedReader(object: ObjectDefinition, fieldName: string, read: ReadField): Reader | undefined {
  const field = object.fields.get(fieldName.toLowerCase());
  if (field?.autoNumber) return autoNumberReader(field.metadata?.['displayFormat']);
  if (field?.nameField && !field.createable && object.fields.has('lastname')) return fullNameReader(read);
  const name = `${object.name}.${fieldName}`;
  if (name === 'Opportunity.ExpectedRevenue') return expectedRevenueReader(read);
  const derivation = following[name];
  if (!derivation) return undefined;
  const [source, derive] = derivation;
  const readSource = read(source);
  return (row) => derive(readSource(row));
}

function quarterOf(date: string): number {
  return Math.ceil(Number(date.slice(5, 7)) / 3);
}

function expectedRevenueReader(read: ReadField): Reader {
  const amount = read('Amount');
  const probability = read('Probability');
  return (row) => {
    const value = amount(row);
    return typeof value === 'number' ? (value * Number(probability(row) ?? 0)) / 100 : null;
  };
}

function fullNameReader(read: ReadField): Reader {
  const readFirst = read('FirstName');
  const readLast = read('LastName');
  return (row) => {
    const first = readFirst(row);
    const last = readLast(row);
    return first === null || first === '' ? last : `${String(first)} ${String(last)}`;
  };
}

/** Standard auto numbers have eight digits; a custom one follows its display format, such as "INV-{0000}". */
function autoNumberReader(displayFormat: unknown): Reader {
  const format = typeof displayFormat === 'string' ? displayFormat : '{00000000}';
  return (row) => format.replace(/\{(0+)\}/, (_, zeros: string) => String(row + 1).padStart(zeros.length, '0'));
}
