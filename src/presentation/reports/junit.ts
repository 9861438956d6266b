import type { Check, VerificationResult } from '../../planning/verification.js';
import type { Circumstances, ReportOptions } from './circumstances.js';
import { escaped } from './markup.js';

/** Every check as a test case: what failed is a failure, what could not be found out an error. */
export function junitReport(result: VerificationResult, { circumstances }: ReportOptions): string {
  const { integration, username, checks } = result;
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length;
  const name = escaped(integration === null ? username : `${integration} (${username})`);
  // Readers add up times and take the absence of one for "not a number".
  const totals = `tests="${checks.length}" failures="${count('fail')}" errors="${count('unknown')}" time="0"`;
  const { host, timestamp } = placeAndTime(circumstances);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="integration-user" ${totals}>`,
    `  <testsuite name="${name}" ${totals} skipped="0" timestamp="${timestamp}" hostname="${host}">`,
    ...properties(result, circumstances),
    ...checks.flatMap((check) => testCase(check, escaped(username))),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** The schema of Ant's reports wants a time without zone. */
function placeAndTime({ instanceUrl, takenAt }: Circumstances): { readonly host: string; readonly timestamp: string } {
  return { host: escaped(instanceUrl.replace(/^https?:\/\/|\/+$/g, '')), timestamp: escaped(takenAt.slice(0, 19)) };
}

function properties({ userId }: VerificationResult, circumstances: Circumstances): readonly string[] {
  const { orgId, instanceUrl, runner, definitionFile, version } = circumstances;
  const facts = { userId, orgId, instanceUrl, runner, definitionFile, version };
  const known = Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null);
  return [
    '    <properties>',
    ...known.map(([name, value]) => `      <property name="${name}" value="${escaped(value)}"/>`),
    '    </properties>',
  ];
}

function testCase({ id, title, status, evidence, fixes }: Check, username: string): readonly string[] {
  const start = `    <testcase name="${escaped(title)}" classname="${username}.${id}" time="0"`;
  const lines = escaped([...evidence, ...fixes.map((fix) => `> ${fix}`)].join('\n'));
  if (status === 'pass') return [`${start}>`, `      <system-out>${lines}</system-out>`, '    </testcase>'];
  const element = status === 'fail' ? 'failure' : 'error';
  const message = escaped(evidence[0] ?? title);
  return [`${start}>`, `      <${element} message="${message}" type="${id}">${lines}</${element}>`, '    </testcase>'];
}
