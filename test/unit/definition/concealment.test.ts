import { describe, expect, it } from 'vitest';
import { concealer, concealInResult } from '../../../src/definition/concealment.js';

const resolved = [
  { path: 'user.fields.Token__c', value: 's3cret', reference: '${env:TOKEN}' },
  { path: 'user.username', value: 'hubspot@acme.example.uat', reference: 'hubspot@acme.example${env:SUFFIX}' },
];

describe('values from the environment', () => {
  it('Given a field of the user, When a text shows it, Then its reference stands there', () => {
    expect(concealer(resolved)('Token__c: s3cret → xs3cret')).toBe('Token__c: ${env:TOKEN} → x${env:TOKEN}');
  });

  it('Given a username, When a text shows it, Then it is shown', () => {
    expect(concealer(resolved)('hubspot@acme.example.uat')).toBe('hubspot@acme.example.uat');
  });

  it('Given a result, When it is concealed, Then no text of it holds the value', () => {
    const text = 'a s3cret text';
    const concealed = concealInResult(
      {
        integration: 'HubSpot',
        username: 'u',
        userId: null,
        changes: [
          { action: 'create', type: 'User', name: 'u', status: 'planned', before: text, after: text, message: text },
        ],
        findings: [{ severity: 'info', code: 'C', subject: 'u', message: text, fix: text }],
        impact: [{ on: 'u', change: 'c', people: 0, records: null, message: text }],
        apiRequests: 0,
        apiCalls: 0,
      },
      concealer(resolved),
    );

    expect(JSON.stringify(concealed)).not.toContain('s3cret');
  });
});
