import type { FlagProgress } from '../records/progress.js';

/** The jobs of a run that goes on, for whoever interrupts it. */
export class JobLedger {
  readonly #started = new Set<string>();
  #open: string | null = null;

  /** Jobs that the org works on. */
  public get started(): readonly string[] {
    return [...this.#started];
  }

  /** The job whose upload is going on. */
  public get open(): string | null {
    return this.#open;
  }

  public note(event: FlagProgress): void {
    if (event.kind === 'uploading') this.#open = event.jobId;
    if (event.kind === 'jobStarted') this.#started.add(event.jobId);
    if (event.kind === 'jobEnded') this.#started.delete(event.jobId);
    if ((event.kind === 'jobStarted' || event.kind === 'jobEnded') && this.#open === event.jobId) this.#open = null;
  }
}
