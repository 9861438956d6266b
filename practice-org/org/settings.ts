/** Behaviour that is unknown, or differs between real orgs. Features must pass under every value. */
export const quirkValues = {
  'entity-definition': ['instant', 'with-access', 'cached'],
  'composite-setup': ['accept', 'refuse'],
  'check-only': ['combined', 'current'],
  'field-permissions': ['rows', 'refused'],
  'user-access': ['both', 'tooling'],
  'external-sharing': ['on', 'off'],
  role: ['accept', 'refuse'],
  'person-accounts': ['off', 'on'],
  language: ['en_US', 'fr', 'de'],
  edition: ['enterprise', 'professional'],
  retrieve: ['normalised', 'verbatim'],
  'nested-semi-join': ['accept', 'refuse'],
} as const satisfies Record<string, readonly string[]>;

export type QuirkName = keyof typeof quirkValues;
export type Quirks = { readonly [Name in QuirkName]: (typeof quirkValues)[Name][number] };

export type OrgSettings = {
  readonly records: number;
  readonly seed: number;
  readonly latencyMs: number;
  readonly recalculationMs: number;
  readonly profileGeneration: 'old' | 'new' | 'both';
  readonly quirks: Quirks;
};
