import type { FlagPhase, FlagProgress } from '../records/progress.js';

/** What there is to show of records that are being flagged. */
export type Shown =
  | { readonly kind: 'phase'; readonly phase: FlagPhase; readonly done: number | null }
  | { readonly kind: 'sending'; readonly jobId: string }
  | { readonly kind: 'waiting'; readonly jobId: string }
  | { readonly kind: 'retrying'; readonly rows: number }
  | {
      readonly kind: 'rows';
      readonly done: number;
      readonly total: number | null;
      /** Null as long as too little is known for a number that means something. */
      readonly perSecond: number | null;
    };

/** Turns events into what is shown: adds the total where only the preview knew it, and the rate. */
export class RowProgress {
  readonly #rate = new Rate();
  #expected: number | null = null;
  #uploaded: string | null = null;
  #isOfEarlierRun = false;

  /** So many rows are to be written, as the preview says. */
  public expect(total: number | null): void {
    this.#expected = total;
  }

  public after(event: FlagProgress, now: number): Shown | null {
    switch (event.kind) {
      case 'phase':
        return event;
      case 'uploading':
        this.#uploaded = event.jobId;
        return { kind: 'sending', jobId: event.jobId };
      case 'jobStarted':
        // Rows of a job that an earlier run left behind are not among those that this run counted.
        this.#isOfEarlierRun = event.jobId !== this.#uploaded;
        return { kind: 'waiting', jobId: event.jobId };
      case 'jobEnded':
        this.#isOfEarlierRun = false;
        return null;
      case 'retrying':
        this.#expected = null;
        return event;
      case 'rows':
        return this.#rows(event.done, event.total ?? (this.#isOfEarlierRun ? null : this.#expected), now);
    }
  }

  #rows(done: number, total: number | null, now: number): Shown {
    const perSecond = this.#rate.after(done, now);
    return { kind: 'rows', done, total: total !== null && done > total ? null : total, perSecond };
  }
}

const shortestMs = 1_000;

/** Rows a second since the first rows were reported; what came before them, an upload, says nothing about it. */
class Rate {
  #begun: { readonly at: number; readonly done: number } | null = null;
  #last = 0;

  public after(done: number, now: number): number | null {
    if (this.#begun === null || done < this.#last) this.#begun = { at: now, done };
    this.#last = done;
    const elapsed = now - this.#begun.at;
    if (elapsed < shortestMs) return null;
    const perSecond = Math.round(((done - this.#begun.done) * 1000) / elapsed);
    return perSecond === 0 ? null : perSecond;
  }
}
