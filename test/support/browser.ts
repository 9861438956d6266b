import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
] as const;

/** A Chromium that starts on this machine; undefined where there is none, since no test may need one. */
export const installedBrowser: string | undefined = usualPaths.find(
  (path) => existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0,
);

const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-pipe',
] as const;

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
};

export type Look = {
  readonly width: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly media?: 'screen' | 'print';
};

/** One page in one browser, driven through the DevTools protocol over pipes: no port, no library. */
export class Browser {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #events: Message[] = [];
  #session: string | undefined;
  #sent = 0;

  private constructor(child: ChildProcess, profile: string) {
    this.#child = child;
    this.#profile = profile;
    let text = '';
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (piece: string) => {
      const messages = (text + piece).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) this.#receive(JSON.parse(message) as Message);
    });
  }

  public static async start(path: string): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), 'integration-user-browser-'));
    const child = spawn(path, [...switches, `--user-data-dir=${profile}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const browser = new Browser(child, profile);
    const { targetId } = await browser.#send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.#send('Target.attachToTarget', { targetId, flatten: true });
    browser.#session = String(sessionId);
    for (const domain of ['Page', 'Network', 'Runtime']) await browser.#send(`${domain}.enable`);
    return browser;
  }

  /** Opens a page and tells which addresses it asked for. */
  public async open(url: string, { width, colorScheme = 'light', media = 'screen' }: Look): Promise<readonly string[]> {
    const metrics = { width, height: 800, deviceScaleFactor: 1, mobile: false };
    await this.#send('Emulation.setDeviceMetricsOverride', metrics);
    const features = [{ name: 'prefers-color-scheme', value: colorScheme }];
    await this.#send('Emulation.setEmulatedMedia', { media, features });
    this.#events.length = 0;
    await this.#send('Page.navigate', { url });
    await this.evaluate(
      'new Promise((done) => document.readyState === "complete" ? done() : addEventListener("load", done))',
    );
    return this.#events
      .filter(({ method }) => method === 'Network.requestWillBeSent')
      .map(({ params }) => (params?.['request'] as { readonly url: string }).url);
  }

  /** Questions that a page put to the person before it: a script ran. */
  public dialogs(): number {
    return this.#events.filter(({ method }) => method === 'Page.javascriptDialogOpening').length;
  }

  public async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: T }).value;
  }

  public async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    await ended;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.#sent += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result = {}, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
      const message = JSON.stringify({ id, method, params, sessionId: this.#session });
      (this.#child.stdio[3] as Writable).write(`${message}\0`);
    });
  }

  #receive(message: Message): void {
    if (message.id === undefined) this.#events.push(message);
    else this.#waiting.get(message.id)?.(message);
  }
}
