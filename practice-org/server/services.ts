import { BulkJobs } from '../bulk/bulk-jobs.ts';
import { createMetadataService, type MetadataService } from '../metadata/metadata-service.ts';
import { createPracticeOrg } from '../org/create-org.ts';
import type { PracticeOrg } from '../org/practice-org.ts';
import type { OrgSettings } from '../org/settings.ts';
import type { SyncHandler } from '../rest/api-call.ts';
import { QueryCursors } from '../rest/query-cursors.ts';
import { subrequestRoutes } from '../rest/routes.ts';
import { ApiUsage } from './api-usage.ts';
import type { Faults } from './faults.ts';
import { Passwords } from './passwords.ts';
import { Router } from './router.ts';

/** An org and everything that lives and dies with it. */
export type OrgServices = {
  readonly org: PracticeOrg;
  readonly metadata: MetadataService;
  readonly jobs: BulkJobs;
  readonly cursors: QueryCursors;
  readonly passwords: Passwords;
  readonly apiUsage: ApiUsage;
  readonly faults: Faults;
  /** What composite and batch may call. */
  readonly subrequestRoutes: Router<SyncHandler>;
  /** The address under which the org is reached, known once it listens. */
  readonly instanceUrl: () => string;
};

export function createServices(settings: OrgSettings, faults: Faults, instanceUrl: () => string): OrgServices {
  const org = createPracticeOrg(settings);
  return {
    org,
    metadata: createMetadataService(org),
    jobs: new BulkJobs(org),
    cursors: new QueryCursors(),
    passwords: new Passwords(),
    apiUsage: new ApiUsage(),
    faults,
    subrequestRoutes: new Router(subrequestRoutes),
    instanceUrl,
  };
}
