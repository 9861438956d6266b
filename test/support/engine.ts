import type { Connection } from '@salesforce/core';
import type { Definition, UserPart } from '../../src/definition/definition.js';
import { runEngine, type EngineOptions, type EngineOutcome } from '../../src/engine/engine.js';
import { userFeature } from '../../src/features/user/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';

export const practiceUsername = 'hubspot.integration@acme.example';

export function userPart(overrides: Partial<UserPart> = {}): UserPart {
  return {
    email: 'integrations@acme.example',
    firstName: null,
    lastName: 'HubSpot Integration',
    role: null,
    profile: null,
    permissionSets: [],
    fields: {},
    reactivate: false,
    sendPasswordReset: false,
    ...overrides,
  };
}

export function definitionOf(overrides: Partial<Definition> = {}): Definition {
  return {
    integration: 'HubSpot',
    username: practiceUsername,
    user: null,
    grant: null,
    hide: null,
    share: null,
    ...overrides,
  };
}

export function engineOptions(overrides: Partial<EngineOptions> = {}): EngineOptions {
  return {
    features: [userFeature],
    dryRun: false,
    allowedImpacts: new Set(),
    confirm: null,
    waitMs: 10_000,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...overrides,
  };
}

/** One run of `create`, in this process, with the real adapter. */
export function createUser(
  connection: Connection,
  user: Partial<UserPart> = {},
  options: Partial<EngineOptions> = {},
): Promise<EngineOutcome> {
  return runEngine(definitionOf({ user: userPart(user) }), createOrgPort(connection), engineOptions(options));
}
