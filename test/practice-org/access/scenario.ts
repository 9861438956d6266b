import type { RecordAccess } from '../../../practice-org/access/access.ts';
import type { JsonRecord } from '../../../practice-org/soql/json-value.ts';
import type { PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import type { SharedTo, SharingModelValue, SharingRule } from '../../../practice-org/sharing/sharing.ts';
import { runQuery } from '../../../practice-org/soql/query.ts';
import type { Values } from '../../../practice-org/storage/table.ts';
import { timedOrg } from './practice-settings.ts';

type Rights = 'read' | 'edit' | 'delete' | 'viewAll' | 'modifyAll' | 'viewAllFields';
type Grant = {
  readonly objects?: Readonly<Record<string, Rights>>;
  readonly fields?: readonly string[];
  readonly editFields?: readonly string[];
  readonly system?: readonly string[];
};

const ladder: readonly Rights[] = ['read', 'edit', 'delete', 'viewAll', 'modifyAll'];

/** A small org told row by row; everything told so far is in effect, because nothing is recalculating. */
export class Scenario {
  public readonly org: PracticeOrg;
  public readonly wait: (milliseconds: number) => void;
  private people = 0;

  public constructor(options: Parameters<typeof timedOrg>[0] = {}) {
    const timed = timedOrg(options);
    this.org = timed.org;
    this.wait = timed.wait;
  }

  public insert(object: string, values: Values): string {
    const table = this.org.store.table(object);
    return table.idOf(table.insert(values));
  }

  private fieldPermission(parentId: string, field: string, edit: boolean): void {
    const [object = ''] = field.split('.');
    this.insert('FieldPermissions', {
      ParentId: parentId,
      SobjectType: object,
      Field: field,
      PermissionsRead: true,
      PermissionsEdit: edit,
    });
  }

  public update(object: string, id: string, values: Values): void {
    this.org.store.table(object).update(this.rowOf(object, id), values);
  }

  public rowOf(object: string, id: string): number {
    const row = this.org.store.table(object).rowOf(id);
    if (row === undefined) throw new Error(`No ${object} ${id}`);
    return row;
  }

  public role(name: string, parentId: string | null = null, children: Values = {}): string {
    const id = this.insert('UserRole', { Name: name, DeveloperName: name, ParentRoleId: parentId, ...children });
    this.insert('Group', { Type: 'Role', DeveloperName: name, RelatedId: id });
    this.insert('Group', { Type: 'RoleAndSubordinatesInternal', DeveloperName: name, RelatedId: id });
    this.org.sharing.settle();
    return id;
  }

  /** Somebody with nothing but what is granted. */
  public user(grant: Grant = {}, values: Values = {}): string {
    const number = ++this.people;
    const id = this.insert('User', {
      Username: `user${number}@scenario.example`,
      LastName: `User ${number}`,
      CommunityNickname: `user${number}`,
      IsActive: true,
      UserType: 'Standard',
      ...values,
    });
    this.assign(id, this.permissionSet(grant));
    this.org.sharing.settle();
    return id;
  }

  public permissionSet(grant: Grant = {}, values: Values = {}): string {
    const system = Object.fromEntries((grant.system ?? []).map((name) => [`Permissions${name}`, true]));
    const id = this.insert('PermissionSet', { Type: 'Regular', ...system, ...values });
    for (const [object, rights] of Object.entries(grant.objects ?? {})) {
      this.insert('ObjectPermissions', { ParentId: id, SobjectType: object, ...objectRights(rights) });
    }
    for (const field of grant.fields ?? []) this.fieldPermission(id, field, false);
    for (const field of grant.editFields ?? []) this.fieldPermission(id, field, true);
    return id;
  }

  public assign(userId: string, permissionSetId: string, values: Values = {}): string {
    return this.insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: permissionSetId, ...values });
  }

  public group(name: string, memberIds: readonly string[], includesBosses = false): string {
    const id = this.insert('Group', {
      Type: 'Regular',
      Name: name,
      DeveloperName: name,
      DoesIncludeBosses: includesBosses,
    });
    for (const memberId of memberIds) this.insert('GroupMember', { GroupId: id, UserOrGroupId: memberId });
    this.org.sharing.settle();
    return id;
  }

  /** Sets organization-wide defaults that are in effect at once. External access is Private, or follows the parent. */
  public defaults(models: Readonly<Record<string, SharingModelValue>>): void {
    const pairs = Object.entries(models).map(([object, internal]) => {
      const external: SharingModelValue = internal === 'ControlledByParent' ? internal : 'Private';
      return [object, { internal, external }] as const;
    });
    this.org.sharing.setModels(new Map(pairs));
    this.org.sharing.settle();
  }

  /** Account, Contact, Opportunity and Case all Private. */
  public privateAccounts(): void {
    this.defaults({ Account: 'Private', Contact: 'Private', Opportunity: 'Private', Case: 'Private' });
  }

  public rule(object: string, sharedTo: SharedTo, details: Partial<SharingRule> = {}): void {
    this.org.sharing.putRule(sharingRule(object, sharedTo, details));
    this.org.sharing.settle();
  }

  public access(userId: string, object: string, id: string): RecordAccess {
    return this.org.access.recordAccess(userId, object, this.rowOf(object, id));
  }

  public sees(userId: string, object: string, id: string): boolean {
    return this.org.access.visibleRows(userId, object).has(this.rowOf(object, id));
  }

  public query(userId: string, soql: string, tooling = false): readonly JsonRecord[] {
    const result = runQuery(this.org, { userId, apiVersion: 66 }, soql, { tooling });
    return Array.from({ length: result.size }, (_, index) => result.record(index));
  }
}

function objectRights(rights: Rights): Values {
  const step = rights === 'viewAllFields' ? 0 : ladder.indexOf(rights);
  return {
    PermissionsRead: true,
    PermissionsEdit: step >= 1 && rights !== 'viewAll',
    PermissionsDelete: step >= 2 && rights !== 'viewAll',
    PermissionsViewAllRecords: step >= 3,
    PermissionsModifyAllRecords: step >= 4,
    PermissionsViewAllFields: rights === 'viewAllFields',
  };
}

/** A rule that shares customers' accounts (or what has the same field) for reading, unless told otherwise. */
export function sharingRule(object: string, sharedTo: SharedTo, details: Partial<SharingRule> = {}): SharingRule {
  const settings = { caseAccessLevel: 'None', contactAccessLevel: 'None', opportunityAccessLevel: 'None' };
  return {
    kind: 'criteria',
    object,
    fullName: 'Shared',
    label: 'Shared',
    description: null,
    accessLevel: 'Read',
    accountSettings: object === 'Account' ? settings : null,
    sharedTo,
    sharedFrom: null,
    booleanFilter: null,
    criteriaItems: [{ field: 'Type', operation: 'equals', value: 'Customer' }],
    includeRecordsOwnedByAll: true,
    includeHVUOwnedRecords: false,
    ...details,
  };
}
