import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check, VerificationResult } from '../../planning/verification.js';
import { plainText } from '../plain-text.js';
import type { ReportOptions } from './circumstances.js';
import { reportTexts as texts } from './texts.js';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Every check as a rule, and what did not pass as its results (SARIF 2.1.0). */
export function sarifReport(result: VerificationResult, { circumstances }: ReportOptions): string {
  const { integration, username, userId, checks } = result;
  const { takenAt, orgId, instanceUrl, runner, definitionFile, version } = circumstances;
  const rules = checks.map(({ id, title }) => ({
    id,
    name: title.replaceAll(/[^A-Za-z ]/g, '').replaceAll(/ +(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: messageText(title) },
    // Code scanning takes no rule without these two.
    fullDescription: { text: messageText(title) },
    help: { text: messageText(texts.getMessage('sarif.help')) },
    defaultConfiguration: { level: 'error' },
  }));
  const driver = { name: 'sf integration-user verify', version: plainText(version), rules };
  const results = checks.flatMap((check, ruleIndex) =>
    check.status === 'pass' ? [] : [resultOf(check, ruleIndex, username, definitionFile)],
  );
  const properties = plainValues({ integration, username, userId, orgId, instanceUrl, runner, definitionFile });
  const invocations = [{ executionSuccessful: true, endTimeUtc: takenAt }];
  return JSON.stringify(
    { $schema: schema, version: '2.1.0', runs: [{ tool: { driver }, invocations, results, properties }] },
    null,
    2,
  );
}

function resultOf(check: Check, ruleIndex: number, username: string, definitionFile: string | null) {
  const { id, title, status, evidence, fixes } = check;
  const logicalLocations = [{ name: plainText(username), kind: 'resource' }];
  return {
    ruleId: id,
    ruleIndex,
    kind: status === 'fail' ? 'fail' : 'open',
    // Anything but a failure has the level "none" (SARIF 2.1.0, 3.27.10).
    level: status === 'fail' ? 'error' : 'none',
    message: { text: messageText([title, ...evidence, ...fixes].join('\n')) },
    locations: [
      definitionFile === null
        ? { logicalLocations }
        : { physicalLocation: physicalLocation(definitionFile), logicalLocations },
    ],
    partialFingerprints: { check: `${id}:${plainText(username).toLowerCase()}` },
    properties: { evidence: evidence.map(plainText), fixes: fixes.map(plainText) },
  };
}

/** Code scanning shows only what has a place in a file: that is what asked for the check. */
function physicalLocation(path: string) {
  const uri = isAbsolute(path)
    ? pathToFileURL(path).href
    : plainText(path)
        .replaceAll('\\', '/')
        .replace(/^(?:\.\/)+/, '')
        .split('/')
        .map((segment) => encodeURIComponent(segment.toWellFormed()))
        .join('/');
  return { artifactLocation: { uri }, region: { startLine: 1 } };
}

function plainValues(values: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, value === null ? null : plainText(value)]),
  );
}

/** Brackets and braces would be links and placeholders (SARIF 2.1.0, 3.11.5 and 3.11.6). */
function messageText(text: string): string {
  return plainText(text)
    .replaceAll(/[[\]\\]/g, String.raw`\$&`)
    .replaceAll(/[{}]/g, '$&$&');
}
