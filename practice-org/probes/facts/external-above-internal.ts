import { checkOnly, document, packageXml } from '../check-only.ts';
import type { Probe } from '../probe.ts';

export const externalAboveInternal: Probe = {
  fact: 'An external default above the internal one is refused',
  source: 'Help, Organization-Wide Sharing Defaults; the text was not found.',
  readOnly: true,
  ask: (api) =>
    checkOnly(api, {
      'package.xml': packageXml({ CustomObject: ['Lead'] }),
      'objects/Lead.object': document(
        'CustomObject',
        '<externalSharingModel>Read</externalSharingModel><sharingModel>Private</sharingModel>',
      ),
    }),
  expected: "The external access level for an object can't be more permissive than the internal access level.",
};
