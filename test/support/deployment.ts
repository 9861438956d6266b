import JSZip from 'jszip';
import { vi } from 'vitest';
import type { PracticeClient } from './practice-server.ts';

type DeployAnswer = {
  readonly id: string;
  readonly deployResult: {
    readonly done: boolean;
    readonly status: string;
    readonly details: { readonly componentFailures: readonly { readonly problem: string }[] };
  };
};

/** Documents of a deployment by their paths in it. */
export type MetadataFiles = Readonly<Record<string, string>>;

const path = '/services/data/v66.0/metadata/deployRequest';

/** Deploys metadata files over REST and waits for the end; throws with the problems when it fails. */
export async function deploy(client: PracticeClient, files: MetadataFiles): Promise<DeployAnswer> {
  const { id } = (await startDeployment(client, files)).body;
  const answer = await vi.waitFor(() => ended(client, id), { interval: 5, timeout: 10_000 });
  const problems = answer.deployResult.details.componentFailures.map((failure) => failure.problem);
  if (answer.deployResult.status !== 'Succeeded')
    throw new Error(`${answer.deployResult.status}: ${problems.join('; ')}`);
  return answer;
}

async function ended(client: PracticeClient, id: string): Promise<DeployAnswer> {
  const { body } = await client.get<DeployAnswer>(`${path}/${id}?includeDetails=true`);
  if (!body.deployResult.done) throw new Error(`the deployment is ${body.deployResult.status}`);
  return body;
}

async function startDeployment(client: PracticeClient, files: MetadataFiles) {
  const form = new FormData();
  const options = { deployOptions: { rollbackOnError: true, singlePackage: true } };
  form.append('json', new Blob([JSON.stringify(options)], { type: 'application/json' }));
  form.append('file', new Blob([await zipped(files)], { type: 'application/zip' }), 'deploy.zip');
  const request = new Request('http://localhost', { method: 'POST', body: form });
  const headers = { 'Content-Type': request.headers.get('content-type') ?? '' };
  return client.post<DeployAnswer>(path, new Uint8Array(await request.arrayBuffer()), { headers });
}

async function zipped(files: MetadataFiles): Promise<ArrayBuffer> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(files)) zip.file(name, content);
  return zip.generateAsync({ type: 'arraybuffer' });
}

/** A package.xml that names members by type. */
export function manifestOf(types: Readonly<Record<string, readonly string[]>>): string {
  const entries = Object.entries(types).map(([name, members]) => {
    const list = members.map((member) => `<members>${member}</members>`).join('');
    return `<types>${list}<name>${name}</name></types>`;
  });
  return metadataDocument('Package', `${entries.join('')}<version>66.0</version>`);
}

export function metadataDocument(type: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>`;
}
