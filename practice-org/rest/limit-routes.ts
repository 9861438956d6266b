import { json, type Reply } from '../server/reply.ts';
import type { ApiCall } from './api-call.ts';

/** Limits of an Enterprise Edition org that this org really counts or that callers ask for. */
export function limits(call: ApiCall): Reply {
  const { apiUsage } = call.services;
  return json(200, {
    DailyApiRequests: { Max: apiUsage.max, Remaining: apiUsage.max - apiUsage.used },
    DailyBulkApiBatches: { Max: 15_000, Remaining: 15_000 },
    DailyBulkV2QueryJobs: { Max: 10_000, Remaining: 10_000 },
    DailyBulkV2QueryFileStorageMB: { Max: 976_562, Remaining: 976_562 },
    DataStorageMB: { Max: 1073, Remaining: 1073 },
    FileStorageMB: { Max: 1073, Remaining: 1073 },
    PermissionSets: {
      Max: 1500,
      Remaining: 1500 - customPermissionSets(call),
      CreateCustom: { Max: 1000, Remaining: 1000 - customPermissionSets(call) },
    },
  });
}

function customPermissionSets(call: ApiCall): number {
  return call.services.org.store.select('PermissionSet', { IsOwnedByProfile: false, IsCustom: true }).length;
}

/** Approximate counts: the platform's are of the last storage calculation. Objects without rows are left out. */
export function recordCount(call: ApiCall): Reply {
  const { org } = call.services;
  const named = (call.query.get('sObjects') ?? '').split(',').map((name) => name.trim());
  const objects = named
    .map((name) => org.schema.object(name))
    .filter((object) => object !== undefined)
    .filter((object) => org.store.hasTable(object.name))
    .map((object) => ({ count: liveRows(call, object.name), name: object.name }));
  return json(200, { sObjects: objects });
}

function liveRows(call: ApiCall, object: string): number {
  const table = call.services.org.store.table(object);
  let count = 0;
  for (let row = 0; row < table.rowCount; row += 1) if (table.isLive(row)) count += 1;
  return count;
}
