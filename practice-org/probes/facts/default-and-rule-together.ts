import { checkOnly, document, packageXml } from '../check-only.ts';
import type { Probe } from '../probe.ts';

export const defaultAndRuleTogether: Probe = {
  fact: 'A validation sees the organization-wide default that the same package sets',
  source: 'No source; a rule needs a default of Private or Public Read Only. Quirk check-only.',
  readOnly: true,
  ask: async (api) =>
    checkOnly(api, {
      'package.xml': packageXml({
        CustomObject: ['Lead'],
        Group: ['Probe_Group_Three'],
        SharingCriteriaRule: ['Lead.Probe_Rule'],
      }),
      'objects/Lead.object': document(
        'CustomObject',
        '<externalSharingModel>Private</externalSharingModel><sharingModel>Private</sharingModel>',
      ),
      'groups/Probe_Group_Three.group': document(
        'Group',
        '<doesIncludeBosses>false</doesIncludeBosses><name>Probe group</name>',
      ),
      'sharingRules/Lead.sharingRules': document(
        'SharingRules',
        '<sharingCriteriaRules><fullName>Probe_Rule</fullName><accessLevel>Read</accessLevel><label>Probe rule</label>' +
          '<sharedTo><group>Probe_Group_Three</group></sharedTo>' +
          '<criteriaItems><field>Company</field><operation>equals</operation><value>Probe</value></criteriaItems>' +
          '<includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules>',
      ),
    }),
  expected: 'accepted',
};
