import type { VerificationResult } from '../../src/planning/verification.js';

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
