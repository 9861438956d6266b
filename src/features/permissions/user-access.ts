import { ask, type RecordsQuestion } from '../../observation/question.js';
import { soql } from '../../org/soql.js';

/** So many names, encoded, fit into a URI of 16,384 bytes beside the rest of the query and the token. */
const longestNames = 11_000;

/**
 * The server's own answer of what another user may do: a row for each object or field and user, named
 * `<DurableId of the definition>.<UserId>` (Tooling API, UserEntityAccess and UserFieldAccess). Recorded orgs list the objects
 * as queryable in REST, too, where many questions travel in one request.
 */
export const userAccessQuestions = {
  objects: (names: readonly string[]): readonly RecordsQuestion[] =>
    inUris(names).map((some) =>
      ask.records(
        soql`SELECT DurableId, IsReadable, IsCreatable, IsUpdatable, IsDeletable FROM UserEntityAccess WHERE DurableId IN ${some}`,
        'either',
      ),
    ),
  fields: (names: readonly string[]): readonly RecordsQuestion[] =>
    inUris(names).map((some) =>
      ask.records(soql`SELECT DurableId, IsAccessible FROM UserFieldAccess WHERE DurableId IN ${some}`, 'either'),
    ),
};

/**
 * What a name is compared by: Ids come in 15 or in 18 characters, of which the first 15 tell them apart. Names of objects and
 * fields begin with a letter, Ids with a digit.
 */
export function accessKey(name: string): string {
  return name
    .split('.')
    .map((part) => (/^\d[A-Za-z0-9]{17}$/.test(part) ? part.slice(0, 15) : part))
    .join('.');
}

function inUris(names: readonly string[]): ReadonlyArray<readonly string[]> {
  const chunks: string[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const added = encodeURIComponent(`'${name}', `).length;
    if (length + added > longestNames) {
      chunks.push([]);
      length = 0;
    }
    chunks.at(-1)?.push(name);
    length += added;
  }
  return chunks;
}
