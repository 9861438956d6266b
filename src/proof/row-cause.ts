import type { Cause } from '../planning/verification.js';

/** Reasons of share rows by what they mean (Object Reference, AccountShare.RowCause); the rest is shared by code. */
const causeOfRow: Readonly<Record<string, Cause>> = {
  Owner: 'queue',
  Manual: 'manual',
  Rule: 'rule',
  GuestRule: 'rule',
  Team: 'team',
  Territory: 'territory',
  TerritoryRule: 'territory',
  TerritoryManual: 'territory',
  Territory2AssociationManual: 'territory',
  ImplicitParent: 'implicitParent',
  ImplicitChild: 'implicitChild',
};

export function causeOf(rowCause: string): Cause {
  return causeOfRow[rowCause] ?? 'apex';
}
