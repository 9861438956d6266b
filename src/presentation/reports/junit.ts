import type { Check, VerificationResult } from '../../planning/verification.js';
import { escaped } from './markup.js';

/** Every check as a test case: what failed is a failure, what could not be found out an error. */
export function junitReport({ integration, username, checks }: VerificationResult): string {
  const count = (status: Check['status']): number => checks.filter((check) => check.status === status).length;
  const name = escaped(integration === null ? username : `${integration} (${username})`);
  const totals = `tests="${checks.length}" failures="${count('fail')}" errors="${count('unknown')}" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="integration-user" ${totals}>`,
    `  <testsuite name="${name}" ${totals}>`,
    ...checks.flatMap((check) => testCase(check, escaped(username))),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testCase({ id, title, status, evidence, fixes }: Check, username: string): readonly string[] {
  const start = `    <testcase name="${escaped(title)}" classname="${username}.${id}" time="0"`;
  const lines = escaped([...evidence, ...fixes.map((fix) => `> ${fix}`)].join('\n'));
  if (status === 'pass') return [`${start}>`, `      <system-out>${lines}</system-out>`, '    </testcase>'];
  const element = status === 'fail' ? 'failure' : 'error';
  const message = escaped(evidence[0] ?? title);
  return [`${start}>`, `      <${element} message="${message}" type="${id}">${lines}</${element}>`, '    </testcase>'];
}
