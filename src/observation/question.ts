/**
 * What a feature wants to know of the org, as data. Features return questions and never make requests; equal questions
 * (same key) are asked once, and as many as the platform allows travel in one request.
 */
export type Row = { readonly [field: string]: unknown };

/** Where a query is asked. `either`: through REST, whose queries travel together, and through Tooling where REST has no such object. */
export type QueryApi = 'rest' | 'tooling' | 'either';

export type RecordsQuestion = {
  readonly kind: 'records';
  readonly key: string;
  readonly soql: string;
  readonly api: QueryApi;
};
/** `SELECT COUNT()` with a time limit of its own: a count that takes longer answers "not counted". */
export type CountQuestion = {
  readonly kind: 'count';
  readonly key: string;
  readonly soql: string;
  readonly timeoutMs: number;
};
export type DescribeQuestion = { readonly kind: 'describe'; readonly key: string; readonly sobject: string };
/** Declared state of components through readMetadata; absent components answer null. */
export type MetadataQuestion = {
  readonly kind: 'metadata';
  readonly key: string;
  readonly type: string;
  readonly fullName: string;
  /** Another answer showed the component: null then means that it could not be read. */
  readonly isThere?: true;
};
/** fullNames of all components of a type (in a folder for Layout etc.: none). */
export type ListQuestion = { readonly kind: 'list'; readonly key: string; readonly type: string };
/** Who runs the command: known from the login, so answered before anything is asked. */
export type IdentityQuestion = { readonly kind: 'identity'; readonly key: 'identity' };

export type Question = (
  RecordsQuestion | CountQuestion | DescribeQuestion | MetadataQuestion | ListQuestion | IdentityQuestion
) & {
  /** Whether anything may be written depends on the answer: without one nothing is. */
  readonly decisive?: true;
};

export type DescribedField = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly custom: boolean;
  readonly calculated: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly nillable: boolean;
  readonly permissionable: boolean;
  readonly length: number;
  readonly defaultedOnCreate: boolean;
  readonly compoundFieldName: string | null;
  readonly nameField: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly autoNumber: boolean;
  readonly externalId: boolean;
  readonly idLookup: boolean;
  readonly unique: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: ReadonlyArray<{ readonly value: string; readonly active: boolean }>;
  readonly calculatedFormula: string | null;
};
export type ObjectDescription = {
  readonly name: string;
  readonly label: string;
  readonly custom: boolean;
  readonly queryable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly keyPrefix: string | null;
  readonly fields: readonly DescribedField[];
};
export type Identity = { readonly username: string };

export type AnswerOf<Q extends Question> = Q extends RecordsQuestion
  ? readonly Row[]
  : Q extends CountQuestion
    ? number | 'not counted'
    : Q extends DescribeQuestion
      ? ObjectDescription
      : Q extends MetadataQuestion
        ? Row | null
        : Q extends ListQuestion
          ? readonly string[]
          : Identity;

/** The org's refusal to answer, by Salesforce's error code: a missing object or permission is an answer too. */
export type Refusal = { readonly errorCode: string; readonly message: string };
export type Answer<Q extends Question> =
  { readonly ok: true; readonly value: AnswerOf<Q> } | { readonly ok: false; readonly refusal: Refusal };

export interface Answers {
  /** Undefined: not asked yet. */
  get<Q extends Question>(question: Q): Answer<Q> | undefined;
}

export const ask = {
  records: (soql: string, api: QueryApi = 'rest'): RecordsQuestion => ({
    kind: 'records',
    key: `${api}:${soql}`,
    soql,
    api,
  }),
  count: (soql: string, timeoutMs = 10_000): CountQuestion => ({
    kind: 'count',
    key: `count:${soql}`,
    soql,
    timeoutMs,
  }),
  describe: (sobject: string): DescribeQuestion => ({ kind: 'describe', key: `describe:${sobject}`, sobject }),
  metadata: (type: string, fullName: string): MetadataQuestion => ({
    kind: 'metadata',
    key: `metadata:${type}:${fullName}`,
    type,
    fullName,
  }),
  list: (type: string): ListQuestion => ({ kind: 'list', key: `list:${type}`, type }),
  identity: { kind: 'identity', key: 'identity' } satisfies IdentityQuestion as IdentityQuestion,
};

/**
 * A question whose refusal must not be taken for "there is none": what is there would be overwritten, made a second time, or
 * called hidden.
 */
export function decisive<Q extends Question>(question: Q): Q & { readonly decisive: true } {
  return { ...question, decisive: true };
}

/** A component that another answer showed: without its metadata nothing is written, be it refused or not there to be read. */
export function knownToExist(question: MetadataQuestion): MetadataQuestion & { readonly decisive: true } {
  return decisive({ ...question, isThere: true });
}

/** The value of an answer; `otherwise` where it is missing or the org refused to answer. */
export function answerOr<Q extends Question>(answers: Answers, question: Q, otherwise: AnswerOf<Q>): AnswerOf<Q> {
  const answer = answers.get(question);
  return answer?.ok === true ? answer.value : otherwise;
}
