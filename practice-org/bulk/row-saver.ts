import { upsert } from '../dml/upsert.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg, RowUpdate } from '../org/practice-org.ts';
import type { Effects } from '../server/effects.ts';
import type { Values } from '../storage/table.ts';
import type { IngestJob } from './ingest-job.ts';

/** Writes one row and records its outcome; throws Salesforce's refusal. */
export type RowSaver = (key: string | null, values: Values) => void;

export type SavingContext = {
  readonly org: PracticeOrg;
  readonly caller: Caller;
  readonly effects: Effects;
};

/** For the rows of one batch: what a batch may rely on (permissions, the records that may be edited) is read once. */
export function batchSaver(context: SavingContext, job: IngestJob): RowSaver {
  const { org, caller } = context;
  const { object } = job.origin;
  switch (job.operation) {
    case 'insert':
      return (_key, values) => {
        job.outcomes.save(true, org.dml.insert(caller, object, values));
        context.effects.changed += 1;
      };
    case 'update':
      return updateSaver(context, job);
    case 'upsert':
      return (key, values) => {
        const field = job.externalIdFieldName ?? 'Id';
        const result = upsert(org, caller, object, field, required(key, field), values);
        if (result.changed) context.effects.changed += 1;
        job.outcomes.save(result.created, result.id);
      };
    case 'delete':
    case 'hardDelete':
      return (key) => {
        org.dml.delete(caller, object, required(key, 'Id'));
        job.outcomes.save(false, undefined);
        context.effects.changed += 1;
      };
  }
}

/** Rows leave fields untouched where their cells are empty: one prepared update for each set of fields that occurs. */
function updateSaver({ org, caller, effects }: SavingContext, job: IngestJob): RowSaver {
  const prepared = new Map<string, RowUpdate>();
  return (key, values) => {
    const fields = Object.keys(values);
    const shape = fields.join(',');
    const update = prepared.get(shape) ?? org.dml.prepareUpdate(caller, job.origin.object, fields);
    prepared.set(shape, update);
    if (update(required(key, 'Id'), Object.values(values))) effects.changed += 1;
    job.outcomes.save(false, undefined);
  };
}

function required(key: string | null, field: string): string {
  if (key !== null) return key;
  throw new SalesforceError('MISSING_ARGUMENT', `${field} not specified`);
}
