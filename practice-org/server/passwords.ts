import { createHash } from 'node:crypto';

/** Passwords are never checked here, logins are by token. Kept is what the platform would have mailed, and to whom. */
export class Passwords {
  readonly #resets: string[] = [];

  /** Ids of the users to whom a reset was mailed. */
  public get resets(): readonly string[] {
    return this.#resets;
  }

  public reset(userId: string): string {
    this.#resets.push(userId);
    return createHash('sha256').update(`${userId}:${this.#resets.length}`).digest('base64url').slice(0, 12);
  }
}
