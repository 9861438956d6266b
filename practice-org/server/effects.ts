/** What a request did to the org, for the request log. Mutable: a job or a deployment adds to it after the answer has gone. */
export class Effects {
  public changed = 0;
  public rows = 0;

  /** Runs `work` with its own count and keeps that count only when it succeeds: what was rolled back changed nothing. */
  public within<T>(work: (effects: Effects) => T): T {
    const inner = new Effects();
    const result = work(inner);
    this.changed += inner.changed;
    this.rows += inner.rows;
    return result;
  }
}
