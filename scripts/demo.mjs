/**
 * The whole job on the practice org: an integration user that sees everything, and what the plugin makes of it. Every
 * command is run as you would run it; what the integration user sees is asked through the REST API with its own token.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'integration-user-demo-'));
const environment = {
  ...process.env,
  HOME: home,
  USERPROFILE: home,
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
};
const username = 'hubspot.integration@acme.example';
const started = Date.now();

const bold = (text) => (process.stdout.isTTY ? `\u001B[1m${text}\u001B[0m` : text);
const say = (text) => console.log(`\n${bold(text)}\n`);

/** The org runs as long as its standard input is open, and is stopped by its process id. */
async function startOrg(records) {
  const child = spawn(process.execPath, ['practice-org/main.ts', '--records', String(records)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once('line', (text) => resolve([text]))),
    new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`The practice org ended with ${code}.`)))),
  ]);
  return { ...JSON.parse(line), stop: () => child.kill('SIGTERM') };
}

function node(args, extra = {}) {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...environment, ...extra } });
}

function login(org) {
  const script = `
    import { AuthInfo } from '@salesforce/core';
    const instanceUrl = process.env.DEMO_URL;
    const info = await AuthInfo.create({ accessTokenOptions: { accessToken: process.env.DEMO_TOKEN, instanceUrl, loginUrl: instanceUrl } });
    await info.save();
    await info.handleAliasAndDefaultSettings({ alias: 'practice', setDefault: true, setDefaultDevHub: false });`;
  const extra = { DEMO_URL: org.instanceUrl, DEMO_TOKEN: org.accessToken };
  const { status, stderr } = node(['--input-type=module', '--eval', script], extra);
  if (status !== 0) throw new Error(stderr);
}

/** Shows the command as one would type it, runs it, shows its output; ends the demo where it fails unexpectedly. */
function run(args, { quiet = false, codes = [0] } = {}) {
  const typed = args.map((arg) => (/[^\w@.:/=-]/.test(arg) ? `"${arg}"` : arg)).join(' ');
  console.log(`$ sf integration-user ${typed}`);
  const { status, stdout, stderr } = node(['bin/run.js', 'integration-user', ...args]);
  const output = quiet ? (stdout.trimEnd().split('\n').at(-1) ?? '') : stdout.trimEnd();
  console.log(output);
  if (!codes.includes(status)) throw new Error(`${stdout}\n${stderr}`);
}

async function tokenFor(org) {
  const answer = await fetch(`${org.instanceUrl}/__practice__/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ username }),
  });
  return (await answer.json()).accessToken;
}

/** One query as the integration user: how many rows, or why not. */
async function ask(org, token, soql) {
  const url = `${org.instanceUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, connection: 'close' } });
  const body = await answer.json();
  return answer.ok
    ? `${body.totalSize} rows`
    : (/No such column '\w+'/.exec(body[0].message)?.[0] ?? body[0].errorCode);
}

const questions = [
  'SELECT Id FROM Account',
  'SELECT Id FROM Contact',
  'SELECT Id FROM Lead',
  'SELECT AnnualRevenue FROM Account',
  'SELECT Id, Email FROM Contact',
];

async function whatItSees(org) {
  const token = await tokenFor(org);
  return Promise.all(questions.map((soql) => ask(org, token, soql)));
}

function sideBySide(before, now) {
  const rows = questions.map((soql, index) => [soql, before[index], now[index]]);
  const width = (column) =>
    Math.max(...[['asked as the integration user', 'before', 'now'], ...rows].map((row) => row[column].length));
  const line = (row) => row.map((cell, column) => cell.padEnd(width(column))).join('   ');
  console.log([line(['asked as the integration user', 'before', 'now']), ...rows.map(line)].join('\n'));
}

async function story() {
  say('An org on this machine, with 2,000 accounts, 2,000 contacts and 1,000 leads.');
  const org = await startOrg(2000);
  try {
    login(org);
    const who = ['--integration', 'HubSpot', '--username', username];
    const open = [
      '--sobject',
      'Account:edit',
      '--sobject',
      'Contact:edit',
      '--sobject',
      'Lead:edit',
      '--allow-unfiltered',
    ];
    say('1. The integration user, as most companies have it: it reads whatever is there.');
    run(['create', ...who, '--email', 'integrations@acme.example']);
    run(['create', ...who, '--email', 'integrations@acme.example'], { quiet: true });
    run(
      ['grant', ...who, ...open, '--read-field', 'Account.*', '--read-field', 'Contact.*', '--read-field', 'Lead.*'],
      { quiet: true },
    );
    const before = await whatItSees(org);
    say('2. Hide what the vendor need not know.');
    run(['restrict-fields', ...who, '--field', 'Account.AnnualRevenue', '--allow-impact', 'profile'], {
      codes: [0, 3],
    });
    say(
      '3. Only the flagged records: technology accounts and their flagged contacts, and no lead that nobody flagged.',
    );
    const flags = [
      '--flag-initially',
      "Account:Industry = 'Technology'",
      '--flag-initially',
      "Contact:Email LIKE 'c%'",
    ];
    run([
      'share-by-flag',
      ...who,
      '--sobject',
      'Account:edit',
      '--sobject',
      'Contact',
      '--sobject',
      'Lead',
      ...flags,
      '--allow-impact',
      'owd',
    ]);
    say('4. The same again changes nothing.');
    run(
      [
        'share-by-flag',
        ...who,
        '--sobject',
        'Account:edit',
        '--sobject',
        'Contact',
        '--sobject',
        'Lead',
        ...flags,
        '--allow-impact',
        'owd',
      ],
      { quiet: true },
    );
    say('What the integration user sees, by its own queries:');
    sideBySide(before, await whatItSees(org));
    say(`Done in ${Math.round((Date.now() - started) / 1000)} s.`);
  } finally {
    org.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

await story();
