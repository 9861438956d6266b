/**
 * One metadata component as a pure value: what to deploy, not how. `body` holds the document's child elements in the
 * platform's order, as the XML layer takes them; documents are built by the typed builders in this folder.
 */
export type XmlValue = string | number | boolean | XmlElement | ReadonlyArray<string | number | boolean | XmlElement>;
export type XmlElement = { readonly [element: string]: XmlValue | undefined };

export type MetadataComponent = {
  /** Metadata API type: CustomField, Group, PermissionSet, CustomObject, SharingRules, Profile, Layout … */
  readonly type: string;
  /** "Account.Send_to_HubSpot__c", "HubSpot_Integration", "Account" … */
  readonly fullName: string;
  readonly body: XmlElement;
};
