/** API calls as Salesforce counts them: each subrequest of a batch is one of its own. */
export class ApiUsage {
  public readonly max = 100_000;
  #used = 0;

  public get used(): number {
    return this.#used;
  }

  public count(calls: number): void {
    this.#used += calls;
  }

  /** Value of the header Sforce-Limit-Info. */
  public header(): string {
    return `api-usage=${this.#used}/${this.max}`;
  }
}
