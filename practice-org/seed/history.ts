import { insertRow, type Seeding } from './seeding.ts';

/** What an administrator left behind by signing up and logging in. */
export function seedHistory(seeding: Seeding): void {
  const { adminUserId, now } = seeding;
  insertRow(seeding, 'LoginHistory', {
    UserId: adminUserId,
    LoginTime: now,
    LoginType: 'Application',
    SourceIp: '127.0.0.1',
    Status: 'Success',
    Application: 'Browser',
    Browser: 'Chrome',
    Platform: 'Linux',
  });
  insertRow(seeding, 'SetupAuditTrail', {
    CreatedById: adminUserId,
    Action: 'createduser',
    Section: 'Manage Users',
    Display: 'Created new user Clara Ojeda',
  });
  const users = seeding.store.table('User');
  const administrator = users.rowOf(adminUserId);
  if (administrator !== undefined) users.update(administrator, { LastLoginDate: now });
}
