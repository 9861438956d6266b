export type Counted = number | 'not counted';

/** Which `--allow-impact` value (or definition key) consents to it. Null: reported, but nobody has to consent. */
export type ConsentKind = 'owd' | 'profile' | 'deletion';

/** What a change does to other people. */
export type Impact = {
  /** The thing changed, for example "Account" or the profile's name. */
  readonly on: string;
  readonly change: string;
  readonly people: Counted;
  readonly records: Counted | null;
  readonly message: string;
  readonly consent: ConsentKind | null;
};
