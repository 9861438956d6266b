import { describe, expect, it } from 'vitest';
import { isRowChange, writeRowChanges } from '../../../src/execution/rows.js';
import type { Session } from '../../../src/execution/session.js';
import { OrgError } from '../../../src/org/failure.js';
import type { OrgPort, WriteRequest } from '../../../src/org/port.js';
import type { Change, RecordValues } from '../../../src/planning/change.js';
import { fakePort } from '../../support/fake-port.ts';

function insert(type: string, name: string, values: RecordValues): Change {
  return { action: 'create', type, name, phase: 'user', effect: { kind: 'insert', sobject: type, values } };
}

function session(port: OrgPort, ids: Readonly<Record<string, string>> = {}): Session {
  const signal = new AbortController().signal;
  return { port, deadline: 0, signal, progress: () => undefined, ids: new Map(Object.entries(ids)) };
}

const user = insert('User', 'a@b.example', { Username: 'a@b.example' });
const assignment = insert('PermissionSetAssignment', 'Set → a@b.example', {
  AssigneeId: { idOf: 'User:a@b.example' },
  PermissionSetId: { idOf: 'PermissionSet:set' },
});

describe('Given rows that refer to each other', () => {
  it('When both are made in one request, Then the reference is to the other row of the request', async () => {
    let sent: readonly WriteRequest[] = [];
    const port = fakePort({
      write: (requests) => {
        sent = requests;
        return Promise.resolve(requests.map((_, index) => ({ ok: true, id: `id${index}`, created: true })));
      },
    });
    await writeRowChanges([user, assignment].filter(isRowChange), session(port, { 'PermissionSet:set': '0PS1' }));
    expect(sent[1]).toMatchObject({ values: { AssigneeId: '@{change1.id}', PermissionSetId: '0PS1' } });
  });

  it('When a record is neither made nor known, Then it is looked up by its name', async () => {
    const queries: string[] = [];
    const port = fakePort({
      queryAll: (asked) => {
        queries.push(...asked.map(({ soql }) => soql));
        return Promise.resolve(asked.map(() => ({ ok: true, value: [{ Id: '0PS1' }] })));
      },
      write: (requests) => Promise.resolve(requests.map(() => ({ ok: true, id: 'x', created: true }))),
    });
    const known = session(port, { 'User:a@b.example': '005' });
    const reports = await writeRowChanges([assignment].filter(isRowChange), known);
    expect({ queries, states: reports.map(({ state }) => state) }).toEqual({
      queries: [
        "SELECT Id FROM PermissionSet WHERE Name = 'set' AND IsOwnedByProfile = false ORDER BY NamespacePrefix NULLS FIRST LIMIT 1",
      ],
      states: ['done'],
    });
  });

  it('When the record cannot be found, Then nothing is sent and the change fails by name', async () => {
    const port = fakePort({ queryAll: (asked) => Promise.resolve(asked.map(() => ({ ok: true, value: [] }))) });
    const reports = await writeRowChanges([assignment].filter(isRowChange), session(port));
    expect(reports).toMatchObject([{ state: 'failed', error: { name: 'ReferenceNotFoundError' } }]);
  });
});

describe('Given many rows of one kind', () => {
  it('When they are written, Then they go as a collection', async () => {
    const sizes: number[] = [];
    const port = fakePort({
      writeRows: (_method, _sobject, rows) => {
        sizes.push(rows.length);
        return Promise.resolve(rows.map((_, index) => ({ ok: true, id: `${index}`, created: true })));
      },
    });
    const rows = Array.from({ length: 30 }, (_, index) =>
      insert('FieldPermissions', `F${index}`, { Field: `F${index}` }),
    );
    const reports = await writeRowChanges(rows.filter(isRowChange), session(port));
    expect({ sizes, done: reports.every(({ state }) => state === 'done') }).toEqual({ sizes: [30], done: true });
  });
});

describe('Given a request that goes wrong', () => {
  const text = { name: 'OrgUnreachableError', message: 'lost', actions: [] };

  it('When its answer is lost, Then nothing is known about its rows', async () => {
    const port = fakePort({ write: () => Promise.reject(new OrgError(text, 'NETWORK', 'unknown')) });
    const reports = await writeRowChanges([user].filter(isRowChange), session(port));
    expect(reports).toMatchObject([{ state: 'unknown' }]);
  });

  it('When Salesforce refuses it as a whole, Then its rows failed', async () => {
    const port = fakePort({ write: () => Promise.reject(new OrgError(text, 'INVALID_SESSION_ID', 'refused')) });
    const reports = await writeRowChanges([user].filter(isRowChange), session(port));
    expect(reports).toMatchObject([{ state: 'failed' }]);
  });
});
