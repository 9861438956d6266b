import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import type { ComponentRecords } from '../component-records.ts';
import { flag, type Document } from '../document.ts';
import type { ComponentType } from './component-type.ts';
import { outcomeOf } from './outcome.ts';
import { requirePermission } from './permissions-of-deployer.ts';

const settingsName = 'Sharing';

/** What a new org has. */
function defaults(org: PracticeOrg): Document {
  return {
    deferGroupMembership: false,
    deferSharingRules: false,
    enableAccountRoleOptimization: false,
    enableAssetSharing: false,
    enableCommunityUserVisibility: false,
    enableExternalSharingModel: org.settings.quirks['external-sharing'] === 'on',
    enableManagerGroups: false,
    enableManualUserRecordSharing: false,
    enablePortalUserCaseSharing: false,
    enablePortalUserVisibility: false,
    enableRemoveTMGroupMembership: false,
    enableRestrictAccessLookupRecords: true,
    enableSecureGuestAccess: true,
    enableStandardReportVisibility: true,
  };
}

/** Settings that would change how the org calculates access; the practice org knows them only as they are. */
const fixed = ['deferGroupMembership', 'deferSharingRules', 'enableExternalSharingModel'];

export function sharingSettingsType(org: PracticeOrg, records: ComponentRecords): ComponentType {
  const current = (): Document => ({ ...defaults(org), ...records.held('Settings', settingsName) });
  const type: ComponentType = {
    name: 'Settings',
    names: () => [settingsName],
    read: (fullName) => (fullName === settingsName ? current() : undefined),
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        requirePermission(org, deployment, 'ManageSharing');
        for (const element of fixed) {
          const wanted = flag(document, element);
          if (wanted !== undefined && wanted !== current()[element]) {
            throw new ComponentError(`A change of ${element} is not implemented by the practice org`);
          }
        }
        records.put('Settings', settingsName, deployment.caller.userId, { held: { ...current(), ...document } });
      }),
    remove() {
      throw new ComponentError('Settings cannot be deleted');
    },
  };
  return type;
}
