import type { Refusal, Row } from '../../src/observation/question.js';
import type { OrgPort, Read } from '../../src/org/port.js';

const unsupported: Refusal = { errorCode: 'INVALID_TYPE', message: "sObject type 'X' is not supported." };

/** For want of time or permission: nothing of it says that there is no such object. */
export const timedOut: Refusal = {
  errorCode: 'QUERY_TIMEOUT',
  message: 'Your query request was running for too long.',
};

/** An org that refuses to answer whatever matches: the text of a query, or type and name of a component. */
export function refusing(pattern: RegExp, port: OrgPort, refusal = unsupported): OrgPort {
  const refused = <T>(question: string, answer: Read<T>): Read<T> =>
    pattern.test(question) ? { ok: false, refusal } : answer;
  return Object.create(port, {
    readTogether: {
      value: async (...[queries, sobjects]: Parameters<OrgPort['readTogether']>) => {
        const { rows, descriptions } = await port.readTogether(queries, sobjects);
        return {
          rows: rows.map((answer, index) => refused(queries[index]?.soql ?? '', answer)),
          descriptions: descriptions.map((answer, index) => refused(`describe ${sobjects[index] ?? ''}`, answer)),
        };
      },
    },
    countAll: {
      value: async (queries: Parameters<OrgPort['countAll']>[0]) => {
        const answers = await port.countAll(queries);
        return answers.map((answer, index) => refused(queries[index]?.soql ?? '', answer));
      },
    },
    ...metadataOf(port, refused),
  }) as OrgPort;
}

/** An org that has no metadata, not even a refusal, for components whose type and name match. */
export function unreadable(pattern: RegExp, port: OrgPort): OrgPort {
  const none = (component: string, answer: Read<Row | null>): Read<Row | null> =>
    pattern.test(component) ? { ok: true, value: null } : answer;
  return Object.create(port, metadataOf(port, none)) as OrgPort;
}

function metadataOf(
  port: OrgPort,
  told: (component: string, answer: Read<Row | null>) => Read<Row | null>,
): PropertyDescriptorMap {
  return {
    readMetadata: {
      value: async (...[type, names]: Parameters<OrgPort['readMetadata']>) => {
        const answers = await port.readMetadata(type, names);
        return answers.map((answer, index) => told(`${type} ${names[index] ?? ''}`, answer));
      },
    },
  };
}

type Rows = Read<readonly Row[]>;

/** An org with another answer to whatever query matches. */
export function answering(pattern: RegExp, change: (answer: Rows) => Rows, port: OrgPort): OrgPort {
  const changed = (queries: ReadonlyArray<{ readonly soql: string }>, rows: readonly Rows[]): readonly Rows[] =>
    rows.map((answer, index) => (pattern.test(queries[index]?.soql ?? '') ? change(answer) : answer));
  return Object.create(port, {
    queryAll: {
      value: async (...[queries]: Parameters<OrgPort['queryAll']>) => changed(queries, await port.queryAll(queries)),
    },
    readTogether: {
      value: async (...[queries, sobjects]: Parameters<OrgPort['readTogether']>) => {
        const { rows, descriptions } = await port.readTogether(queries, sobjects);
        return { rows: changed(queries, rows), descriptions };
      },
    },
  }) as OrgPort;
}

/** Salesforce answers, but has nothing to say. */
export const noRows = (): Rows => ({ ok: true, value: [] });

/** Salesforce takes too long. */
export const tooSlow = (): Rows => ({ ok: false, refusal: timedOut });

/** The rows are others than they are. */
export function withRows(change: (row: Row) => Row): (answer: Rows) => Rows {
  return (answer) => (answer.ok ? { ok: true, value: answer.value.map(change) } : answer);
}
