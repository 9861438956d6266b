import type { Position } from './document.ts';

/** One component's failure in a deployment: Salesforce's `problem` and, where it comes from a place in the file, that place. */
export class ComponentError extends Error {
  public readonly position: Position | undefined;

  public constructor(problem: string, position?: Position) {
    super(problem);
    this.name = 'ComponentError';
    this.position = position;
  }
}
