import { SalesforceError } from '../org/errors.ts';

/** A request refused as a whole, before any record was looked at: its answer carries no `fields` (recorded payloads). */
export class RequestError extends SalesforceError {}
