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
    readMetadata: {
      value: async (...[type, names]: Parameters<OrgPort['readMetadata']>) => {
        const answers = await port.readMetadata(type, names);
        return answers.map((answer, index) => refused(`${type} ${names[index] ?? ''}`, answer));
      },
    },
  }) as OrgPort;
}

/** An org that answers other rows to whatever query matches. */
export function answering(pattern: RegExp, change: (rows: readonly Row[]) => readonly Row[], port: OrgPort): OrgPort {
  return Object.create(port, {
    readTogether: {
      value: async (...[queries, sobjects]: Parameters<OrgPort['readTogether']>) => {
        const { rows, descriptions } = await port.readTogether(queries, sobjects);
        const changed = rows.map((read, index) =>
          read.ok && pattern.test(queries[index]?.soql ?? '') ? { ok: true, value: change(read.value) } : read,
        );
        return { rows: changed, descriptions };
      },
    },
  }) as OrgPort;
}
