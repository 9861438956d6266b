import type { Caller, PracticeOrg } from '../org/practice-org.ts';

type AuditEntry = { readonly action: string; readonly section: string; readonly display: string };

/** Setup changes leave a trace that administrators read (SetupAuditTrail, 180 days). */
export function recordSetupChange(org: PracticeOrg, caller: Caller, { action, section, display }: AuditEntry): void {
  if (!org.store.hasTable('SetupAuditTrail')) return;
  org.store.table('SetupAuditTrail').insert({
    Action: action,
    Section: section,
    Display: display,
    CreatedById: caller.userId,
    CreatedDate: org.clock.timestamp(),
  });
}
