/**
 * An error in Salesforce's own words. Every layer of the practice org throws this and nothing else for what a caller did
 * wrong; the REST, composite, SOAP and Bulk layers each render it in their own shape.
 */
export class SalesforceError extends Error {
  public readonly errorCode: string;
  public readonly fields: readonly string[];
  /** HTTP status of a plain REST answer; composite and SOAP replies ignore it. */
  public readonly httpStatus: number;

  public constructor(
    errorCode: string,
    message: string,
    options: { fields?: readonly string[]; httpStatus?: number } = {},
  ) {
    super(message);
    this.name = 'SalesforceError';
    this.errorCode = errorCode;
    this.fields = options.fields ?? [];
    this.httpStatus = options.httpStatus ?? 400;
  }
}
