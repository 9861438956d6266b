import { createAccessEngine } from '../access/create-access-engine.ts';
import { registerAccessObjects } from '../access/register-access-objects.ts';
import { registerCatalog } from '../catalog/register-catalog.ts';
import { createDml } from '../dml/dml.ts';
import { standardObjects } from '../schema/catalogue/catalogue.ts';
import { createSchema } from '../schema/schema.ts';
import { seedOrg } from '../seed/seed.ts';
import { createSharing } from '../sharing/create-sharing.ts';
import { createJournal } from '../storage/journal.ts';
import { formatId } from '../storage/record-id.ts';
import { createStore } from '../storage/store.ts';
import { createClock } from './clock.ts';
import { instanceOf } from './instance.ts';
import type { Clock, PracticeOrg } from './practice-org.ts';
import type { OrgSettings } from './settings.ts';

/** A complete org in memory: rows, schema, sharing, permissions and the rules of data manipulation. */
export function createPracticeOrg(settings: OrgSettings, clock: Clock = createClock()): PracticeOrg {
  const rows = createRows(settings, clock);
  const sharing = createSharing(rows);
  const access = createAccessEngine({ ...rows, sharing });
  const org: PracticeOrg = {
    ...rows,
    sharing,
    access,
    get dml() {
      return dml;
    },
    computed: new Map(),
  };
  const dml = createDml(org);
  registerCatalog(org);
  registerAccessObjects(org);
  sharing.settle();
  return org;
}

type Rows = Pick<PracticeOrg, 'settings' | 'clock' | 'schema' | 'store' | 'organizationId' | 'adminUserId'>;

function createRows(settings: OrgSettings, clock: Clock): Rows {
  const journal = createJournal();
  const instance = instanceOf(settings.seed);
  const adminUserId = formatId({ keyPrefix: '005', instance }, 1);
  const organizationId = formatId({ keyPrefix: '00D', instance }, 1);
  const schema = createSchema({
    objects: standardObjects(settings.quirks),
    journal,
    fieldRemoved: (object, field) => store.dropColumn(object, field),
  });
  const store = createStore({
    schema,
    journal,
    instance,
    timestamp: () => clock.timestamp(),
    systemUserId: () => adminUserId,
  });
  seedOrg({ settings, schema, store, organizationId, adminUserId, now: clock.timestamp() }, instance);
  return { settings, clock, schema, store, organizationId, adminUserId };
}
