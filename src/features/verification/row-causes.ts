/**
 * Reasons of share rows that have checks of their own or come from the platform (Object Reference, AccountShare.RowCause).
 * What is left is shared by hand (`Manual`) or by code, under a reason of its own.
 */
export const namedShareCauses: ReadonlySet<string> = new Set([
  'Owner',
  'Rule',
  'GuestRule',
  'ImplicitParent',
  'ImplicitChild',
  'Team',
  'Territory',
  'TerritoryRule',
  'TerritoryManual',
  'Territory2AssociationManual',
  'Territory2Forecast',
]);
