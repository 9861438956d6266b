import type { MetadataComponent, XmlElement } from './component.js';
import { inSchemaOrder } from './order.js';
import { textOf, toBody, type MetadataRow } from './reading.js';

/** Organization-wide default, as CustomObject metadata declares it. */
export type SharingModel = {
  readonly internal: string;
  /** Null where the org has no external sharing model. */
  readonly external: string | null;
};

/** Null where the object declares none. */
export function parseSharingModel(row: MetadataRow): SharingModel | null {
  const internal = textOf(row, 'sharingModel');
  return internal === null ? null : { internal, external: textOf(row, 'externalSharingModel') };
}

/** On a standard object these two elements deploy alone and leave the rest as it is. */
export function standardObjectSharingModel(object: string, model: SharingModel): MetadataComponent {
  return { type: 'CustomObject', fullName: object, body: modelElements(model) };
}

/**
 * Parts of an object's file with a life of their own. A custom object's file must carry its top level (label, name field,
 * deployment status …) but these would be deployed, and overwritten, with it.
 */
const children = [
  'actionOverrides',
  'businessProcesses',
  'compactLayouts',
  'fieldSets',
  'fields',
  'indexes',
  'listViews',
  'profileSearchLayouts',
  'recordTypes',
  'sharingReasons',
  'sharingRecalculations',
  'validationRules',
  'webLinks',
];

/** A custom object's whole top level as read from the org, with only the sharing model changed, and no children. */
export function customObjectSharingModel(
  object: string,
  retrieved: MetadataRow,
  model: SharingModel,
): MetadataComponent {
  const topLevel = toBody(retrieved, ['fullName', 'sharingModel', 'externalSharingModel', ...children]);
  return { type: 'CustomObject', fullName: object, body: alphabetical({ ...topLevel, ...modelElements(model) }) };
}

function modelElements({ internal, external }: SharingModel): XmlElement {
  return { ...(external === null ? {} : { externalSharingModel: external }), sharingModel: internal };
}

function alphabetical(body: XmlElement): XmlElement {
  return inSchemaOrder(body, Object.keys(body).sort());
}
