import type { Definition } from '../definition/definition.js';
import type { OrgPort } from '../org/port.js';
import { naturalKey, type Outcome } from '../planning/change.js';
import type { Plan } from '../planning/plan.js';
import type { IntegrationUserResult } from '../planning/result.js';

export function toResult(
  definition: Definition,
  plan: Plan,
  changes: readonly Outcome[],
  port: OrgPort,
): IntegrationUserResult {
  const userKey = naturalKey('User', definition.username);
  const madeNow = changes.find((change) => naturalKey(change.type, change.name) === userKey)?.id;
  return {
    integration: definition.integration,
    username: definition.username,
    userId: plan.knownIds[userKey] ?? madeNow ?? null,
    changes,
    findings: plan.findings,
    impact: plan.impact.map(({ on, change, people, records, message }) => ({ on, change, people, records, message })),
    ...port.requestCounts(),
  };
}
