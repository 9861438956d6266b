import { describe, expect, it } from 'vitest';
import { deployChanges, deploymentReports } from '../../../src/execution/components.js';
import type { Session } from '../../../src/execution/session.js';
import type { DeployReport, Deployment } from '../../../src/org/port.js';
import type { Change } from '../../../src/planning/change.js';
import { fakePort } from '../../support/fake-port.ts';

const lockText =
  "The sharing calculation you requested can't be processed right now, because it interferes with another operation already in progress. Please try again later.";

function ruleOf(object: string): Change & { readonly effect: { readonly kind: 'deploy' } } {
  const fullName = `${object}.Send_to_HubSpot`;
  const component = { type: 'SharingCriteriaRule', fullName, body: {} };
  return {
    action: 'create',
    type: 'SharingCriteriaRule',
    name: fullName,
    phase: 'rules',
    effect: { kind: 'deploy', component },
  } as const satisfies Change;
}

const succeeded: DeployReport = { id: '0Af', status: 'succeeded', changed: [], failures: [], errorMessage: null };
const failed = (fullName: string, problem: string, type = 'SharingCriteriaRule'): DeployReport => ({
  ...succeeded,
  status: 'failed',
  failures: [{ type, fullName, problem, line: null, column: null }],
});

/** Answers each deployment by what it holds. */
function sessionOf(answer: (names: readonly string[]) => DeployReport): Session & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const deploy = ({ components }: Deployment): Promise<DeployReport> => {
    const names = components.map(({ fullName }) => fullName);
    asked.push(names);
    return Promise.resolve(answer(names));
  };
  return {
    port: fakePort({ deploy }),
    deadline: Date.now() + 20_000,
    signal: new AbortController().signal,
    progress: () => undefined,
    ids: new Map(),
    asked,
  };
}

describe('Given rules of several objects that lock each other', () => {
  it('When they are refused together again and again, Then they are deployed one object after the other', async () => {
    const session = sessionOf((names) => (names.length > 1 ? failed(names[1] ?? '', lockText) : succeeded));
    const reports = await deployChanges([ruleOf('Account'), ruleOf('Contact')], session);
    expect(reports.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(session.asked.slice(-2)).toEqual([['Account.Send_to_HubSpot'], ['Contact.Send_to_HubSpot']]);
  });
});

describe('Given an object of a managed package that cannot be changed', () => {
  it('When its default is deployed, Then the error says so and what to do', () => {
    const change = {
      ...ruleOf('acme__Invoice__c'),
      effect: { kind: 'deploy', component: { type: 'CustomObject', fullName: 'acme__Invoice__c', body: {} } },
    } as const;
    const [report] = deploymentReports(
      [change],
      failed('acme__Invoice__c', 'Cannot modify managed object: entity=CustomEntityDefinition', 'CustomObject'),
    );
    expect(report?.error).toMatchObject({ name: 'ManagedComponentError', actions: [expect.any(String)] });
  });
});
