import { readFileSync } from 'node:fs';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { referencePath } from './reference-data.ts';

/** Types that the schema describes without declaring them as documents. */
const undeclared = ['Layout', 'Package', 'RestrictionRule'];
let validator: XsdValidator | undefined;

/** Throws where the document is not valid against Salesforce's own schema of the Metadata API. */
export function assertValidMetadata(xml: string): void {
  const document = XmlDocument.fromString(xml);
  try {
    metadataSchema().validate(document);
  } finally {
    document.dispose();
  }
}

function metadataSchema(): XsdValidator {
  validator ??= XsdValidator.fromDoc(XmlDocument.fromString(schemaText()));
  return validator;
}

function schemaText(): string {
  const path = referencePath('schema', 'metadata66.xsd');
  if (path === undefined) throw new Error('The schema of the Metadata API is not beside this checkout');
  const elements = undeclared.map((type) => `<xsd:element name="${type}" type="tns:${type}"/>`).join('');
  return readFileSync(path, 'utf8').replace('</xsd:schema>', `${elements}</xsd:schema>`);
}
