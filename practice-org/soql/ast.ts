/** A query as written. Offsets point into the query's text, for errors. */

export type FieldPath = { readonly kind: 'field'; readonly names: readonly string[]; readonly offset: number };

export type FunctionCall = {
  readonly kind: 'call';
  readonly name: string;
  /** No argument: COUNT(). */
  readonly argument: Expression | null;
  readonly offset: number;
};

export type Expression = FieldPath | FunctionCall;

export type Literal =
  | { readonly kind: 'string'; readonly text: string; readonly offset: number }
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly offset: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly offset: number }
  | { readonly kind: 'null'; readonly offset: number }
  | { readonly kind: 'date'; readonly text: string; readonly offset: number }
  | { readonly kind: 'datetime'; readonly text: string; readonly offset: number }
  | { readonly kind: 'dateRange'; readonly name: string; readonly count: number | null; readonly offset: number };

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE';
export type ListOperator = 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';

export type Comparison = {
  readonly kind: 'comparison';
  readonly left: Expression;
  readonly operator: ComparisonOperator;
  readonly right: Literal;
};
export type ListComparison = {
  readonly kind: 'list';
  readonly left: Expression;
  readonly operator: ListOperator;
  readonly values: readonly Literal[];
};
export type SemiJoin = {
  readonly kind: 'semiJoin';
  readonly left: Expression;
  readonly negated: boolean;
  /** Whether it stands in parentheses within its WHERE. */
  readonly nested: boolean;
  readonly query: Query;
};
export type Condition =
  | Comparison
  | ListComparison
  | SemiJoin
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition };

export type FieldSet = 'ALL' | 'STANDARD' | 'CUSTOM';

export type TypeBranch = { readonly object: string; readonly fields: readonly FieldPath[]; readonly offset: number };

export type SelectItem =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly alias: string | null }
  | { readonly kind: 'subquery'; readonly query: Query }
  | { readonly kind: 'fieldSet'; readonly fieldSet: FieldSet; readonly offset: number }
  | {
      readonly kind: 'typeof';
      readonly relationship: FieldPath;
      readonly branches: readonly TypeBranch[];
      readonly otherwise: readonly FieldPath[];
    };

export type Ordering = {
  readonly expression: Expression;
  readonly descending: boolean;
  readonly nullsLast: boolean;
};

export type Query = {
  readonly select: readonly SelectItem[];
  /** One name, or in a child subquery possibly "Account.Contacts". */
  readonly from: FieldPath;
  readonly alias: string | null;
  readonly scope: string | null;
  readonly where: Condition | null;
  readonly groupBy: readonly Expression[];
  readonly having: Condition | null;
  readonly orderBy: readonly Ordering[];
  readonly limit: number | null;
  readonly offset: number | null;
};
