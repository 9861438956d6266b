import { checkOnly, document, packageXml } from '../check-only.ts';
import type { Probe } from '../probe.ts';

export const checkboxWithoutDefault: Probe = {
  fact: 'A checkbox field needs a default value',
  source: 'Official examples always write one; the error text is from memory.',
  readOnly: true,
  ask: (api) =>
    checkOnly(api, {
      'package.xml': packageXml({ CustomField: ['Account.Probe_Checkbox__c'] }),
      'objects/Account.object': document(
        'CustomObject',
        '<fields><fullName>Probe_Checkbox__c</fullName><label>Probe Checkbox</label><type>Checkbox</type></fields>',
      ),
    }),
  expected: "Must specify 'defaultValue' for a CustomField of type Checkbox",
};
