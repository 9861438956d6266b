import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../../', import.meta.url));

type Ready = {
  readonly instanceUrl: string;
  readonly organizationId: string;
  readonly username: string;
  readonly accessToken: string;
};

function start(argv: readonly string[]) {
  return spawn(process.execPath, ['practice-org/main.ts', ...argv], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('Given the practice org as a process', () => {
  it('when it is ready, then it prints one line with which one can work, and SIGTERM ends it', async () => {
    const child = start(['--records', '10']);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { instanceUrl, organizationId, username, accessToken } = JSON.parse(line) as Ready;
    const response = await fetch(`${instanceUrl}/services/oauth2/userinfo`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    const info: unknown = await response.json();
    child.kill('SIGTERM');
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    expect([username, info, exitCode]).toEqual([
      'admin@practice.example',
      expect.objectContaining({ organization_id: organizationId, preferred_username: username }),
      0,
    ]);
  });

  it('when a flag is unknown, then it says how it is used and exits with 2', async () => {
    const child = start(['--colour', 'red']);
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('Usage: npm run -s practice-org')]);
  });
});
