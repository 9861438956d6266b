import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PracticeServer } from '../../practice-org/server/start.ts';

const main = fileURLToPath(new URL('../../practice-org/main.ts', import.meta.url));

export type PracticeProcess = Pick<PracticeServer, 'url' | 'accessToken'> & { readonly stop: () => Promise<void> };

/** A practice org in a process of its own, so that neither its memory nor its work is taken for that of its user. */
export async function startPracticeProcess(records: number): Promise<PracticeProcess> {
  const child = spawn(process.execPath, [main, '--records', String(records)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = JSON.parse(await firstLine(child)) as { readonly instanceUrl: string; readonly accessToken: string };
  return { url: line.instanceUrl, accessToken: line.accessToken, stop: () => stopped(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the practice org ended with ${String(code)}`)));
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.includes('\n')) resolve(text);
    });
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
