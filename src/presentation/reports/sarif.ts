import type { Check, VerificationResult } from '../../planning/verification.js';
import { plainText } from '../plain-text.js';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Every check as a rule, and what did not pass as its results (SARIF 2.1.0). */
export function sarifReport({ integration, username, userId, checks }: VerificationResult): string {
  const rules = checks.map(({ id, title }) => ({
    id,
    name: title.replaceAll(/[^A-Za-z ]/g, '').replaceAll(/ +(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: messageText(title) },
    defaultConfiguration: { level: 'error' },
  }));
  const results = checks.flatMap((check, ruleIndex) =>
    check.status === 'pass' ? [] : [resultOf(check, ruleIndex, username)],
  );
  const properties = {
    integration: integration === null ? null : plainText(integration),
    username: plainText(username),
    userId,
  };
  return JSON.stringify(
    {
      $schema: schema,
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'sf integration-user verify', rules } }, results, properties }],
    },
    null,
    2,
  );
}

function resultOf({ id, title, status, evidence, fixes }: Check, ruleIndex: number, username: string) {
  const text = [title, ...evidence, ...fixes].join('\n');
  return {
    ruleId: id,
    ruleIndex,
    kind: status === 'fail' ? 'fail' : 'open',
    // Anything but a failure has the level "none" (SARIF 2.1.0, 3.27.10).
    level: status === 'fail' ? 'error' : 'none',
    message: { text: messageText(text) },
    locations: [{ logicalLocations: [{ name: plainText(username), kind: 'resource' }] }],
    partialFingerprints: { check: `${id}:${plainText(username).toLowerCase()}` },
  };
}

/** Brackets and braces would be links and placeholders (SARIF 2.1.0, 3.11.5 and 3.11.6). */
function messageText(text: string): string {
  return plainText(text)
    .replaceAll(/[[\]\\]/g, String.raw`\$&`)
    .replaceAll(/[{}]/g, '$&$&');
}
