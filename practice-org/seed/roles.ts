import { insertRow, type Seeding } from './seeding.ts';

/** Developer name, label, developer name of the parent. Leaf roles own records. */
const roles = [
  ['CEO', 'CEO', null],
  ['SVP_Sales', 'SVP Sales', 'CEO'],
  ['SVP_Service', 'SVP Service', 'CEO'],
  ['Marketing_Director', 'Marketing Director', 'CEO'],
  ['Sales_EMEA', 'Sales EMEA', 'SVP_Sales'],
  ['Sales_Americas', 'Sales Americas', 'SVP_Sales'],
  ['Sales_Rep_North', 'Sales Rep North', 'Sales_EMEA'],
  ['Sales_Rep_South', 'Sales Rep South', 'Sales_EMEA'],
  ['Sales_Rep_East', 'Sales Rep East', 'Sales_Americas'],
  ['Sales_Rep_West', 'Sales Rep West', 'Sales_Americas'],
  ['Service_Agent', 'Service Agent', 'SVP_Service'],
  ['Marketing_Team', 'Marketing Team', 'Marketing_Director'],
] as const;

/** Ids of the roles by developer name. */
export function seedRoles(seeding: Seeding): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const [developerName, name, parent] of roles) {
    const id = insertRow(seeding, 'UserRole', {
      DeveloperName: developerName,
      Name: name,
      ParentRoleId: parent === null ? null : (ids.get(parent) ?? null),
      RollupDescription: name,
      OpportunityAccessForAccountOwner: 'Edit',
      CaseAccessForAccountOwner: 'Edit',
      ContactAccessForAccountOwner: 'Edit',
      PortalType: 'None',
    });
    ids.set(developerName, id);
    seedRoleGroups(seeding, developerName, id);
  }
  seedOrganizationGroup(seeding);
  return ids;
}

/** The platform keeps a group for each role, so that members and shares can name it. */
function seedRoleGroups(seeding: Seeding, developerName: string, roleId: string): void {
  const types = ['Role', seeding.settings.quirks['external-sharing'] === 'on' ? 'RoleAndSubordinatesInternal' : null];
  for (const type of [...types, 'RoleAndSubordinates']) {
    if (type === null) continue;
    insertRow(seeding, 'Group', {
      Name: null,
      DeveloperName: developerName,
      RelatedId: roleId,
      Type: type,
      OwnerId: seeding.organizationId,
    });
  }
}

function seedOrganizationGroup(seeding: Seeding): void {
  insertRow(seeding, 'Group', {
    Name: null,
    DeveloperName: 'AllInternalUsers',
    Type: 'Organization',
    OwnerId: seeding.organizationId,
  });
}
