/** The practice org as a child process, and the REST API as any client uses it. */
import { createInterface } from 'node:readline';

const apiVersion = 'v66.0';

/** Resolves when the org is ready: it prints one JSON line with its address and an administrator's access token. */
export async function startPracticeOrg(start, records) {
  const child = start(['practice-org/main.ts', '--records', String(records)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const ended = new Promise((_, reject) =>
    child.once('exit', (code) => reject(new Error(`The practice org ended with exit code ${code}.`))),
  );
  ended.catch(() => undefined);
  return JSON.parse(await Promise.race([ready, ended]));
}

export async function accessTokenOf(org, username) {
  const answer = await fetch(`${org.instanceUrl}/__practice__/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ username }),
    signal: AbortSignal.timeout(10_000),
  });
  return (await answer.json()).accessToken;
}

/** What a query tells the holder of the token: how many rows, or that there's no such thing as far as it can see. */
export async function answerTo(org, accessToken, soql) {
  const url = `${org.instanceUrl}/services/data/${apiVersion}/query?q=${encodeURIComponent(soql)}`;
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${accessToken}`, connection: 'close' },
    signal: AbortSignal.timeout(10_000),
  });
  const body = await answer.json();
  if (answer.ok) return `${body.totalSize.toLocaleString('en')} rows`;
  return /No such column '\w+'/.exec(body[0].message)?.[0] ?? body[0].errorCode;
}
