import type { ProbeApi } from './probe-api.ts';

/** One fact that no public source settles, and the question that does. */
export type Probe = {
  readonly fact: string;
  readonly source: string;
  /** False: writes, inside a composite that is always rolled back. Asked only when told so. */
  readonly readOnly: boolean;
  /** Asks an org and puts its answer into one line. */
  readonly ask: (api: ProbeApi) => Promise<string>;
  /** What the practice org answers under its default quirks. */
  readonly expected: string;
};
