import { createSchema } from '../schema/schema.ts';
import { standardObjects } from '../schema/catalogue/catalogue.ts';
import { createJournal } from '../storage/journal.ts';
import { createStore } from '../storage/store.ts';
import { formatId } from '../storage/record-id.ts';
import { createClock } from './clock.ts';
import type { PracticeOrg } from './practice-org.ts';
import type { OrgSettings } from './settings.ts';
import { instanceOf } from './instance.ts';

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
  for (const { name } of schema.objects()) store.createTable(name);
  return { settings, organizationId, adminUserId, clock, schema, store, computed: new Map() };
}
