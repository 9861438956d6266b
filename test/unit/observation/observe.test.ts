import { describe, expect, it } from 'vitest';
import { observe } from '../../../src/observation/observe.js';
import { ask, type Answers } from '../../../src/observation/question.js';
import { fakePort } from '../../support/fake-port.ts';

const accounts = ask.records('SELECT Id FROM Account');
const contacts = ask.records('SELECT Id FROM Contact');

describe('Given features that ask questions', () => {
  it('When two ask the same, Then it is asked once, and everything of a round in one bundle', async () => {
    const bundles: string[][] = [];
    const port = fakePort({
      queryAll: (queries) => {
        bundles.push(queries.map(({ soql }) => soql));
        return Promise.resolve(queries.map(() => ({ ok: true, value: [] })));
      },
    });
    await observe(() => [accounts, contacts, ask.records('SELECT Id FROM Account')], port);
    expect(bundles).toEqual([[accounts.soql, contacts.soql]]);
  });

  it('When a question follows from an answer, Then it is asked in the next round', async () => {
    const rounds: string[][] = [];
    const port = fakePort({
      queryAll: (queries) => {
        rounds.push(queries.map(({ soql }) => soql));
        return Promise.resolve(queries.map(() => ({ ok: true, value: [{ Id: '1' }] })));
      },
    });
    const follows = (known: Answers) => (known.get(accounts) === undefined ? [accounts] : [accounts, contacts]);
    await observe(follows, port);
    expect(rounds).toEqual([[accounts.soql], [contacts.soql]]);
  });

  it('When the org refuses a question, Then the refusal is the answer', async () => {
    const refusal = { errorCode: 'INVALID_TYPE', message: "sObject type 'X' is not supported." };
    const port = fakePort({ queryAll: (queries) => Promise.resolve(queries.map(() => ({ ok: false, refusal }))) });
    const answers = await observe(() => [accounts], port);
    expect(answers.get(accounts)).toEqual({ ok: false, refusal });
  });

  it('When it is asked who runs the command, Then that is known before anything else is asked', async () => {
    const seen: unknown[] = [];
    await observe((known) => {
      seen.push(known.get(ask.identity));
      return [ask.identity];
    }, fakePort());
    expect(seen).toEqual([{ ok: true, value: { username: 'admin@practice.example' } }]);
  });

  it('When questions never end, Then the observation fails instead of running on', async () => {
    let asked = 0;
    const port = fakePort({ queryAll: (queries) => Promise.resolve(queries.map(() => ({ ok: true, value: [] }))) });
    const endless = () => [ask.records(`SELECT Id FROM Account LIMIT ${(asked += 1)}`)];
    await expect(observe(endless, port)).rejects.toThrow('did not come to an end');
  });
});
