import { checkOnly, document, packageXml } from '../check-only.ts';
import type { Probe } from '../probe.ts';

export const fieldNameRules: Probe = {
  fact: 'A field name with two underscores in a row is refused',
  source: 'Naming rules of Setup; for the Metadata API from memory.',
  readOnly: true,
  ask: (api) =>
    checkOnly(api, {
      'package.xml': packageXml({ CustomField: ['Account.Probe__Checkbox__c'] }),
      'objects/Account.object': document(
        'CustomObject',
        '<fields><fullName>Probe__Checkbox__c</fullName><defaultValue>false</defaultValue><label>Probe</label><type>Checkbox</type></fields>',
      ),
    }),
  expected:
    'The Field Name can only contain alphanumeric characters, must begin with a letter, cannot end with an underscore or contain two consecutive underscore characters, and must be unique across all fields.',
};
