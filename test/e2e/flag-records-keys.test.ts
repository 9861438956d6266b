import { writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlagRequest } from '../../src/records/flag-request.js';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { useFlagOrg } from '../support/flag-org.ts';
import type { PracticeClient } from '../support/practice-server.ts';
import { flagField, flagRequest, rowsChanged } from '../support/flagging.ts';

const records = 3_000;

describe('Given a file with keys', () => {
  const org = useFlagOrg({ records }, ['Account', 'Contact']);
  let folder: string;
  let ids: readonly string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'integration-user-keys-'));
    const accounts = org.server.org.store.table('Account');
    ids = Array.from({ length: records }, (_, row) => accounts.idOf(row));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const keys = async (
    content: string | Buffer,
    overrides: Partial<FlagRequest> = {},
    keyField = 'Id',
  ): Promise<FlagRequest> => {
    const path = join(folder, 'keys.csv');
    await writeFile(path, content);
    return flagRequest({ selection: { kind: 'keys', path, keyField }, ...overrides });
  };

  it('When a few Ids come one a line, Then their records are flagged, and a second run writes nothing', async () => {
    const request = await keys(ids.slice(0, 10).join('\n'));
    const { exitCode, result } = await org.flag(request);
    const changed = await rowsChanged(org.client);
    await org.flag(request);
    expect({ exitCode, toFlag: result.records.toFlag, changed, again: await rowsChanged(org.client) }).toEqual({
      exitCode: 0,
      toFlag: 10,
      changed: 10,
      again: 0,
    });
  });

  it('When more Ids come than collections take, some twice, in two lengths and with a byte order mark, Then each record is written once', async () => {
    const short = ids.map((id) => id.slice(0, 15));
    const { result } = await org.flag(
      await keys(`\uFEFFName,id\r\n${[...ids, ...short].map((id) => `x,${id}\r\n`).join('')}`),
    );
    expect({
      written: result.records.written,
      changed: await rowsChanged(org.client),
      flagged: await org.flagged(),
    }).toEqual({
      written: records,
      changed: records,
      flagged: records,
    });
  });

  it.each<readonly [string, (ids: readonly string[]) => string | Buffer]>([
    ['lines end as on old Macs', (some) => some.join('\r')],
    ['cells are quoted', (some) => `"Id","Name"\r\n${some.map((id) => `"${id}","a ""b"", c"\r\n`).join('')}`],
    ['spaces and empty lines stand around the keys', (some) => `\n\n${some.map((id) => `  ${id}\t\n\n`).join('')}`],
    ['the column of the keys is not the first', (some) => `Name,ID\n${some.map((id) => `x,${id}\n`).join('')}`],
    ['it is in UTF-16', (some) => Buffer.from(`\uFEFFId\r\n${some.join('\r\n')}`, 'utf16le')],
  ])('When %s, Then all of its records are flagged', async (_, contentOf) => {
    const { result } = await org.flag(await keys(contentOf(ids.slice(0, 10))));
    expect({ written: result.records.written, findings: result.findings, flagged: await org.flagged() }).toEqual({
      written: 10,
      findings: [],
      flagged: 10,
    });
  });

  it('When keys hold quotes and SOQL, Then they are keys and nothing else', async () => {
    const { result } = await org.flag(await keys("001') OR (Id != null\n' OR Name != '\n"));
    expect({ ...result.records, changed: await rowsChanged(org.client) }).toMatchObject({
      toFlag: 0,
      written: 0,
      changed: 0,
    });
  });

  it('When keys belong to no record, Then they are counted and named, and the others are flagged', async () => {
    const request = await keys([ids[0], '001000000000000AAA', 'no Id', '003000000000001AAA'].join('\n'));
    const { exitCode, result } = await org.flag(request);
    expect({ exitCode, flagged: await org.flagged(), findings: result.findings }).toMatchObject({
      exitCode: 0,
      flagged: 1,
      findings: [{ code: 'UnknownKeys', message: expect.stringMatching(/^3 keys .*no Id/) as string }],
    });
  });

  it('When an Id has the suffix of another one, Then it is an unknown key, and the others are flagged', async () => {
    const wrong = `${ids[1]?.slice(0, 15)}ZZZ`;
    const { result } = await org.flag(await keys(`${ids[0]}\n${wrong}\n${ids[2]?.toLowerCase()}\n`));
    expect({ flagged: await org.flagged(), findings: result.findings }).toMatchObject({
      flagged: 2,
      findings: [{ code: 'UnknownKeys', message: expect.stringMatching(`^1 key.* ${wrong}`) as string }],
    });
  });

  it('When it is looked at first, Then the records that are shown have their names', async () => {
    const [account] = await org.client.query(`SELECT Name FROM Account WHERE Id = '${ids[0]}'`);
    const { result } = await org.flag(await keys(`Id;Name\n${ids[0]};x\n`), { dryRun: true });
    expect(result.samples).toEqual([{ id: ids[0], name: account?.['Name'], value: true }]);
  });

  it.each(['sync', 'flag'] as const)(
    'When the file is emptied after the preview of %s, Then the error says so, and no flag is taken away',
    async (mode) => {
      await org.flag(await keys(ids.slice(0, 20).join('\n')));
      await rowsChanged(org.client);
      const request = await keys(ids.slice(15, 25).join('\n'), { mode });
      const showPreview = (): void => writeFileSync(join(folder, 'keys.csv'), '');
      await expect(org.flag(request, { showPreview })).rejects.toMatchObject({ name: 'NoKeysError' });
      expect({ changed: await rowsChanged(org.client), flagged: await org.flagged() }).toEqual({
        changed: 0,
        flagged: 20,
      });
    },
  );

  it('When --sync is given, Then all others are unflagged', async () => {
    await org.flag(await keys(ids.slice(0, 20).join('\n')));
    await rowsChanged(org.client);
    const { result } = await org.flag(await keys(ids.slice(10, 25).join('\n'), { mode: 'sync' }));
    expect({ ...result.records, changed: await rowsChanged(org.client), flagged: await org.flagged() }).toMatchObject({
      toFlag: 5,
      toUnflag: 10,
      alreadySo: 10,
      changed: 15,
      flagged: 15,
    });
  });

  it('When --unflag is given, Then only those of the file that are flagged are written', async () => {
    await org.flag(await keys(ids.slice(0, 20).join('\n')));
    await rowsChanged(org.client);
    await org.flag(await keys(ids.slice(10, 30).join('\n'), { mode: 'unflag' }));
    expect({ changed: await rowsChanged(org.client), flagged: await org.flagged() }).toEqual({
      changed: 10,
      flagged: 10,
    });
  });

  it('When children of many parents are many, Then siblings are sent beside each other', async () => {
    const contacts = org.server.org.store.table('Contact');
    const contactIds = Array.from({ length: records }, (_, row) => contacts.idOf(row));
    const sent: string[] = [];
    const port = org.port;
    const upload: typeof port.bulk.upload = (jobId, csv) => port.bulk.upload(jobId, noted(csv, sent));
    await org.flag(await keys(contactIds.join('\n'), { sobject: 'Contact' }), {
      port: { ...port, bulk: { ...port.bulk, upload } },
    });
    const parentOf = (id: string): unknown => org.server.org.store.find('Contact', id)?.['AccountId'];
    const order = sent.map(parentOf);
    const runs = order.filter((parent, index) => parent !== order[index - 1]);
    expect({ sent: sent.length, parts: runs.length }).toEqual({ sent: records, parts: new Set(order).size });
  });

  it.each([
    ['Text', 'length', 'Member "Ä" 1', 'MEMBER "Ä" 1'],
    ['Number', 'precision', '1001', '1001.0'],
  ])(
    'When the keys are values of an external Id of type %s, Then the records that have them are flagged',
    async (type, _, stored, key) => {
      await makeExternalId(org.client, type);
      await org.client.send('PATCH', `/services/data/v66.0/sobjects/Account/${ids[7]}`, {
        body: { Member__c: type === 'Number' ? Number(stored) : stored },
      });
      await org.flag(await keys(`Member__c\n"${key.replaceAll('"', '""')}"\nnobody\n`, {}, 'Member__c'));
      const rows = await org.client.query(`SELECT Id FROM Account WHERE ${flagField} = true`);
      expect(rows.map(({ Id }) => Id)).toEqual([ids[7]]);
    },
  );

  it('When a number is longer than a double holds, Then its neighbour is left alone, and the key is unknown', async () => {
    await makeExternalId(org.client, 'Number');
    const numbers = [9_007_199_254_740_992, 7];
    for (const [row, number] of numbers.entries()) {
      await org.client.send('PATCH', `/services/data/v66.0/sobjects/Account/${ids[row]}`, {
        body: { Member__c: number },
      });
    }
    const { result } = await org.flag(await keys('9007199254740993\n+007.0\n', {}, 'member__c'));
    const rows = await org.client.query(`SELECT Id FROM Account WHERE ${flagField} = true`);
    expect({ rows: rows.map(({ Id }) => Id), findings: result.findings }).toMatchObject({
      rows: [ids[1]],
      findings: [{ code: 'UnknownKeys', message: expect.stringContaining('9007199254740993') as string }],
    });
  });

  it.each(['Industry', 'OwnerId', 'Name'])(
    'When the key field is %s, which any number of records share, Then the error lists those that can be used',
    async (field) => {
      await makeExternalId(org.client, 'Text');
      await expect(org.flag(await keys('Technology', {}, field))).rejects.toMatchObject({
        name: 'KeyFieldIsNoKeyError',
        message: expect.stringContaining(`Account.${field} `) as string,
        actions: [expect.stringMatching(/: Id, .*Member__c/)],
      });
      expect(await org.flagged()).toBe(0);
    },
  );

  it.each([
    [
      'the file is not there',
      'FileUnreadableError',
      () =>
        Promise.resolve(flagRequest({ selection: { kind: 'keys', path: join(folder, 'none.csv'), keyField: 'Id' } })),
    ],
    ['the file is no CSV', 'FileUnreadableError', () => keys('Id\n"001')],
    ['the file is empty', 'NoKeysError', () => keys('')],
    ['no column of several has the name', 'KeyColumnNotFoundError', () => keys('Name,Account\nx,001000000000001AAA')],
    ['columns stand behind Ids without a header', 'KeyColumnNotFoundError', () => keys(`${ids[0]};x\n${ids[1]};y`)],
    ['a row has more cells than the first', 'TooManyCellsError', () => keys(`Id\n${ids[0]},x`)],
    ['the key field does not exist', 'KeyFieldNotFoundError', () => keys('x', {}, 'Member__c')],
  ])('When %s, Then the error is %s, with what to do, and nothing is written', async (_, name, request) => {
    await expect(org.flag(await request())).rejects.toMatchObject({ name, actions: [expect.any(String)] });
  });

  it('When Salesforce refuses a whole request, Then the error is named, with what to do', async () => {
    await org.given({
      path: '/composite/sobjects',
      method: 'PATCH',
      times: 1,
      status: 403,
      errorCode: 'REQUEST_LIMIT_EXCEEDED',
    });
    await expect(org.flag(await keys(ids.slice(0, 3).join('\n')))).rejects.toMatchObject({
      name: 'RequestLimitExceededError',
      actions: [expect.any(String)],
    });
  });

  it('When a row cannot be written, Then the file has it with the reason, the others are written once, and the exit code is 68', async () => {
    const port = org.port;
    const upload: typeof port.bulk.upload = async (jobId, csv) => {
      await org.client.send('DELETE', `/services/data/v66.0/sobjects/Account/${ids[5]}`);
      await rowsChanged(org.client);
      await port.bulk.upload(jobId, csv);
    };
    const failedRecordsPath = join(folder, 'failed.csv');
    const { exitCode, result } = await org.flag(await keys(ids.join('\n')), {
      failedRecordsPath,
      port: { ...port, bulk: { ...port.bulk, upload } },
    });
    const text = await readFile(failedRecordsPath, 'utf8');
    expect({
      exitCode,
      status: result.changes.map(({ status }) => status),
      failed: result.records.failed,
      changed: await rowsChanged(org.client),
      lines: text.trimEnd().split('\n'),
    }).toEqual({
      exitCode: 68,
      status: ['failed'],
      failed: 1,
      changed: records - 1,
      lines: ['Id,Error', expect.stringMatching(new RegExp(`^${ids[5]},.*ENTITY_IS_DELETED`))],
    });
  });

  it('When rows stay locked to the end, Then the file has each of them with the reason, and the exit code is 68', async () => {
    await org.given({ errorCode: 'UNABLE_TO_LOCK_ROW', path: '/(jobs/ingest|composite/sobjects)', body: ids[3] ?? '' });
    const failedRecordsPath = join(folder, 'failed.csv');
    const { exitCode, result } = await org.flag(await keys(ids.slice(0, 2500).join('\n')), {
      failedRecordsPath,
    });
    const lines = (await readFile(failedRecordsPath, 'utf8')).trimEnd().split('\n');
    expect({
      exitCode,
      failed: result.records.failed,
      file: result.failedRecordsFile,
      lines: lines.length,
      flagged: await org.flagged(),
    }).toMatchObject({
      exitCode: 68,
      failed: 1,
      file: failedRecordsPath,
      lines: 2,
      flagged: 2499,
    });
    expect(lines[1]).toMatch(new RegExp(`^${ids[3]},.*(exclusive access|UNABLE_TO_LOCK_ROW)`));
  });
});

async function* noted(csv: AsyncIterable<Uint8Array>, ids: string[]): AsyncGenerator<Uint8Array> {
  for await (const piece of csv) {
    const lines = new TextDecoder().decode(piece);
    ids.push(...[...lines.matchAll(/^(003\w{15}),/gm)].map(([, id = '']) => id));
    yield piece;
  }
}

async function makeExternalId(client: PracticeClient, type: string): Promise<void> {
  const size = type === 'Number' ? '<precision>18</precision><scale>0</scale>' : '<length>80</length>';
  const field = `<fields><fullName>Member__c</fullName><externalId>true</externalId><label>Member</label>${size}<type>${type}</type></fields>`;
  const permission =
    '<fieldPermissions><editable>true</editable><field>Account.Member__c</field><readable>true</readable></fieldPermissions>';
  await deploy(client, {
    'package.xml': manifestOf({ CustomField: ['Account.Member__c'], Profile: ['Admin'] }),
    'objects/Account.object': metadataDocument('CustomObject', field),
    'profiles/Admin.profile': metadataDocument('Profile', permission),
  });
}
