import type { VerificationResult } from '../../src/planning/verification.js';
import type { ReportOptions } from '../../src/presentation/reports/circumstances.js';

/** Names that mean something to a terminal, a browser, a spreadsheet or a program that reads a report. */
export const hostileNames = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "=HYPERLINK('http://evil.example')",
  '+cmd|calc',
  "x;=cmd|' /C calc'!A0",
  '@SUM(A1)',
  '\t=1+1',
  '\u001B[31mred\u001B[0m\u001B]8;;http://evil.example\u0007link',
  '\u202Egnp.exe',
  ']]> <!-- --> &amp;',
  '[click](http://evil.example) {0}',
  '\uFFFF\u0000 zero',
] as const;

/** Circumstances in which every text that comes from outside is the given one. */
export function reportOptions(name = 'Name', columns = 80): ReportOptions {
  return {
    circumstances: {
      takenAt: '2026-11-28T05:30:15.123Z',
      orgId: '00Dg10000000001EAA',
      instanceUrl: `https://${name}`,
      runner: name,
      definitionFile: name,
      version: '1.2.3',
    },
    columns,
  };
}

/** A result in which every text that comes from an org is the given one. */
export function resultNaming(name: string, overrides: Partial<VerificationResult> = {}): VerificationResult {
  return {
    integration: name,
    username: name,
    userId: '005g1000000000KAAQ',
    changes: [],
    findings: [
      {
        severity: 'warning',
        code: 'OwnsRecords',
        subject: name,
        message: `${name} owns records.`,
        fix: `Ask ${name}.`,
      },
      { severity: 'info', code: 'PlatformGives', subject: name, message: `${name} is given.` },
    ],
    impact: [],
    apiRequests: 7,
    apiCalls: 12,
    checks: [
      { id: 'user-active', title: 'The user exists and is active', status: 'pass', evidence: [name], fixes: [] },
      { id: 'ownership', title: 'The user owns no records', status: 'fail', evidence: [name, '=1+1'], fixes: [name] },
      {
        id: 'login',
        title: 'When and from where the user logs in',
        status: 'unknown',
        evidence: [name],
        fixes: [name],
      },
    ],
    proof: [
      {
        sobject: name,
        flagField: 'Send_to_HubSpot__c',
        flagged: 4,
        unflagged: 6,
        visibleFlagged: 3,
        visibleUnflagged: 2,
        method: 'as-user',
        exact: true,
        status: 'fail',
        scheme: `Counted for ${name}.`,
        explanation: [
          {
            cause: 'owner',
            records: 'visibleUnflagged',
            count: 2,
            expected: false,
            message: `2 records because of ${name}.`,
            examples: ['001g10000000001AAA', name],
          },
        ],
      },
    ],
    objects: [{ sobject: name, label: name, operations: ['read'], sources: [name], filter: 'flag' }],
    fields: [
      { sobject: name, field: `${name}.Rating`, read: true, edit: false, sources: [name] },
      { sobject: name, field: `${name}.AnnualRevenue`, read: false, edit: false, sources: [] },
    ],
    ...overrides,
  };
}

/** Ten objects, six hundred fields and two hundred findings, named by turns. */
export function largeResult(names: readonly string[]): VerificationResult {
  const nameAt = (index: number): string => names[index % names.length] ?? '';
  const parts = Array.from({ length: 10 }, (_, index) => {
    const { objects, fields, proof } = resultNaming(`${nameAt(index)}${String(index)}`);
    const many = Array.from({ length: 30 }, (__, copy) =>
      fields.map((field) => ({ ...field, field: `${field.field}${String(copy)}` })),
    );
    return { objects, fields: many.flat(), proof };
  });
  const findings = Array.from({ length: 100 }, (_, index) => resultNaming(nameAt(index)).findings);
  return resultNaming(nameAt(0), {
    findings: findings.flat(),
    objects: parts.flatMap(({ objects }) => objects),
    fields: parts.flatMap(({ fields }) => fields),
    proof: parts.flatMap(({ proof }) => proof),
  });
}
