export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Salesforce escapes both kinds of quotes in what it retrieves. */
export function escapeXml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}
