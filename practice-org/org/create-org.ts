import { seedOrg } from '../seed/seed.ts';
import { createSchema } from '../schema/schema.ts';
import { standardObjects } from '../schema/catalogue/catalogue.ts';
import { createJournal } from '../storage/journal.ts';
import { createStore } from '../storage/store.ts';
import { formatId } from '../storage/record-id.ts';
import { createClock } from './clock.ts';
import { instanceOf } from './instance.ts';
import type { PracticeOrg } from './practice-org.ts';
import type { OrgSettings } from './settings.ts';

export function createPracticeOrg(settings: OrgSettings): Omit<PracticeOrg, 'dml' | 'access' | 'sharing'> {
  const clock = createClock();
  const journal = createJournal();
  const instance = instanceOf(settings.seed);
  const adminUserId = formatId({ keyPrefix: '005', instance }, 1);
  const organizationId = formatId({ keyPrefix: '00D', instance }, 1);
  const schema = createSchema({
    objects: standardObjects(),
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
  seedOrg({ settings, schema, store, organizationId, adminUserId }, instance);
  return { settings, organizationId, adminUserId, clock, schema, store, computed: new Map() };
}
