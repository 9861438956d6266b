import { setTimeout as delay } from 'node:timers/promises';
import JSZip from 'jszip';
import { isObject, NotAskable, type ProbeApi, type Row } from './probe-api.ts';

const path = '/services/data/v66.0/metadata/deployRequest';
const pollMs = 250;
const mostPolls = 240;

/** Validates metadata files without deploying them; returns the first problem, or `accepted`. */
export async function checkOnly(api: ProbeApi, files: Readonly<Record<string, string>>): Promise<string> {
  const form = new FormData();
  const options = { deployOptions: { checkOnly: true, rollbackOnError: true, singlePackage: true } };
  form.append('json', new Blob([JSON.stringify(options)], { type: 'application/json' }));
  form.append('file', new Blob([await zipped(files)], { type: 'application/zip' }), 'deploy.zip');
  const { status, body } = await api.postForm(path, form);
  if (!isObject(body) || typeof body['id'] !== 'string') throw new NotAskable(`deployRequest answered ${status}`);
  return problemOf(await finished(api, body['id']));
}

async function zipped(files: Readonly<Record<string, string>>): Promise<ArrayBuffer> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return zip.generateAsync({ type: 'arraybuffer' });
}

async function finished(api: ProbeApi, id: string): Promise<Row> {
  for (let poll = 0; poll < mostPolls; poll += 1) {
    const { body } = await api.get(`${path}/${id}?includeDetails=true`);
    const result = isObject(body) ? body['deployResult'] : undefined;
    if (isObject(result) && result['done'] === true) return result;
    await delay(pollMs);
  }
  throw new NotAskable('the validation did not end');
}

function problemOf(result: Row): string {
  const details = result['details'];
  const failures: unknown = isObject(details) ? details['componentFailures'] : undefined;
  const first: unknown = Array.isArray(failures) ? failures[0] : failures;
  if (isObject(first)) return String(first['problem']);
  return result['success'] === true ? 'accepted' : String(result['errorMessage'] ?? result['status']);
}

export function packageXml(types: Readonly<Record<string, readonly string[]>>): string {
  const entries = Object.entries(types).map(([name, members]) => {
    const list = members.map((member) => `<members>${member}</members>`).join('');
    return `<types>${list}<name>${name}</name></types>`;
  });
  return document('Package', `${entries.join('')}<version>66.0</version>`);
}

export function document(type: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>`;
}
