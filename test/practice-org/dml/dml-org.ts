import { createPracticeOrg } from '../../../practice-org/org/create-org.ts';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import type { Caller, PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import type { OrgSettings, Quirks } from '../../../practice-org/org/settings.ts';
import { field } from '../../../practice-org/schema/notation.ts';
import type { FieldDefinition } from '../../../practice-org/schema/definitions.ts';
import type { Values } from '../../../practice-org/storage/table.ts';
import { defaultSettings } from '../../../practice-org/server/command-line.ts';

export class NothingThere extends Error {}

/** A small org and the ways to act in it that the tests of DML share. */
export class DmlOrg {
  public readonly org: PracticeOrg;
  public readonly admin: Caller;

  public constructor({
    quirks,
    ...overrides
  }: Partial<Omit<OrgSettings, 'quirks'>> & { quirks?: Partial<Quirks> } = {}) {
    this.org = createPracticeOrg({
      ...defaultSettings,
      records: 20,
      recalculationMs: 0,
      ...overrides,
      quirks: { ...defaultSettings.quirks, ...quirks },
    });
    this.admin = { userId: this.org.adminUserId, apiVersion: 66 };
  }

  public as(userId: string): Caller {
    return { userId, apiVersion: 66 };
  }

  public insert(object: string, values: Values, caller: Caller = this.admin): string {
    return this.org.dml.insert(caller, object, values);
  }

  public update(object: string, id: string, values: Values, caller: Caller = this.admin): boolean {
    return this.org.dml.update(caller, object, id, values);
  }

  public delete(object: string, id: string, caller: Caller = this.admin): void {
    this.org.dml.delete(caller, object, id);
  }

  public idWhere(object: string, where: Values): string {
    const [row] = this.org.store.select(object, where);
    if (!row) throw new NothingThere(`no ${object} with ${JSON.stringify(where)}`);
    return String(row['Id']);
  }

  public find(object: string, id: string): Values {
    const found = this.org.store.find(object, id);
    if (!found) throw new Error(`no ${object} ${id}`);
    return found;
  }

  public count(object: string, where: Values = {}): number {
    return this.org.store.select(object, where).length;
  }

  /** The profile that comes without field-level security of its own. */
  public integrationProfile(): string {
    return this.idWhere('Profile', { Name: 'Minimum Access - API Only Integrations' });
  }

  public integrationProfileSet(): string {
    return this.idWhere('PermissionSet', { ProfileId: this.integrationProfile(), IsOwnedByProfile: true });
  }

  public userValues(overrides: Values = {}): Values {
    return {
      Username: 'hubspot@acme.example',
      LastName: 'HubSpot Integration',
      Email: 'ops@acme.example',
      Alias: 'hubspot',
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'de_DE',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: this.integrationProfile(),
      ...overrides,
    };
  }

  public integrationUser(overrides: Values = {}): string {
    return this.insert('User', this.userValues(overrides));
  }

  public permissionSet(name: string, values: Values = {}): string {
    return this.insert('PermissionSet', { Name: name, Label: name.replaceAll('_', ' '), ...values });
  }

  public grantObject(permissionSetId: string, object: string, rights: Values = { PermissionsRead: true }): string {
    return this.insert('ObjectPermissions', { ParentId: permissionSetId, SobjectType: object, ...rights });
  }

  public grantField(permissionSetId: string, path: string, rights: Values = { PermissionsRead: true }): string {
    const [SobjectType = ''] = path.split('.');
    return this.insert('FieldPermissions', { ParentId: permissionSetId, SobjectType, Field: path, ...rights });
  }

  public assignIntegrationLicence(userId: string): string {
    const licence = this.idWhere('PermissionSetLicense', { DeveloperName: 'SalesforceAPIIntegrationPsl' });
    return this.insert('PermissionSetLicenseAssign', { AssigneeId: userId, PermissionSetLicenseId: licence });
  }

  public assign(permissionSetId: string, userId: string): string {
    return this.insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: permissionSetId });
  }

  /** Somebody on the integration licence who may do with Accounts what `rights` says, and nothing else. */
  public accountUser(rights: Values): Caller {
    const userId = this.integrationUser();
    this.assignIntegrationLicence(userId);
    const set = this.permissionSet('Account_Access');
    this.grantObject(set, 'Account', { PermissionsRead: true, ...rights });
    this.assign(set, userId);
    return this.as(userId);
  }

  /** A custom field that every profile of an administrator may edit. */
  public addField(
    object: string,
    name: string,
    type: FieldDefinition['type'],
    details: Partial<FieldDefinition> = {},
  ): void {
    this.org.schema.putField(object, field(name, type, 'CUFSGN', { custom: true, ...details }));
    const adminProfile = this.find('User', this.org.adminUserId)['ProfileId'] ?? null;
    const owned = this.idWhere('PermissionSet', { ProfileId: adminProfile, IsOwnedByProfile: true });
    this.grantField(owned, `${object}.${name}`, { PermissionsRead: true, PermissionsEdit: true });
  }
}

/** What Salesforce says no with. */
export function refusal(work: () => unknown): Pick<SalesforceError, 'errorCode' | 'message' | 'fields'> {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return { errorCode: error.errorCode, message: error.message, fields: error.fields };
  }
  throw new Error('nothing was refused');
}
