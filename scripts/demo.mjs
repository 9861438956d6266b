/**
 * The whole job on the practice org: an integration user that sees everything, and what one definition makes of it. Every
 * command is run as you would run it; what the integration user sees is asked through the REST API with its own token.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complete, withoutComments } from './demo/definition.mjs';
import { columns, heading, indented } from './demo/page.mjs';
import { logIn, type, typeQuietly, typeShort } from './demo/plugin.mjs';
import { accessTokenOf, answerTo, startPracticeOrg } from './demo/practice-org.mjs';
import { processes } from './demo/processes.mjs';

const started = Date.now();
const root = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'integration-user-demo-'));
const place = { root, folder: join(home, 'work') };
mkdirSync(place.folder);

const username = 'hubspot.integration@acme.example';
const email = 'integrations@acme.example';
const definitionFile = 'integration-user.yaml';

const { start } = processes({
  cwd: root,
  // Neither your orgs nor your settings are touched.
  env: {
    ...process.env,
    HOME: home,
    USERPROFILE: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
  },
  cleanUp: () => rmSync(home, { recursive: true, force: true }),
});

const run = (...args) => type(start, args, place);
const runShort = (...args) => typeShort(start, args, place);
const runQuietly = (...args) => typeQuietly(start, args, place);

const questions = [
  'SELECT Id FROM Account',
  'SELECT Id FROM Contact',
  'SELECT Id FROM Lead',
  'SELECT Name, AnnualRevenue FROM Account',
  'SELECT Name, Phone, MobilePhone FROM Contact',
];

async function whatItSees(org) {
  const accessToken = await accessTokenOf(org, username);
  return Promise.all(questions.map((soql) => answerTo(org, accessToken, soql)));
}

async function makeItAsMostCompaniesDo() {
  const who = ['--integration', 'HubSpot', '--username', username];
  const everything = ['Account', 'Contact', 'Lead'].flatMap((object) => [
    ...['--sobject', `${object}:edit`],
    ...['--read-field', `${object}.*`],
  ]);
  await runQuietly('create', ...who, '--email', email);
  await runQuietly('grant', ...who, ...everything, '--allow-unfiltered');
}

async function writeDefinition() {
  await run('init', '--integration', 'HubSpot', '--recipe', 'hubspot', '--username', username, '--email', email);
  complete(join(place.folder, definitionFile), [
    [['grant', 'fields'], { read: ['Account.*', 'Contact.*', 'Lead.*'] }],
    [['hide'], { fields: ['Account.AnnualRevenue', 'Contact.*Phone'] }],
    [['share', 'objects', 'Lead'], { access: 'edit', flagInitially: "Rating = 'Hot'" }],
    [['share', 'objects', 'Account'], { access: 'edit', flagInitially: "Industry = 'Technology'" }],
    [['share', 'objects', 'Contact'], { access: 'edit', flagInitially: "Account.Industry = 'Technology'" }],
  ]);
  console.log(
    '\nYou complete it in your editor: the fields of your mappings, those to hide, the records to flag at the start.\n',
  );
  indented(withoutComments(join(place.folder, definitionFile)));
}

async function story() {
  heading('An org on this machine: 2,000 accounts, 2,000 contacts, 1,000 leads, owned by people in a role tree.');
  const org = await startPracticeOrg(start, 2000);
  await logIn(start, org, org.accessToken, 'practice');

  heading('1. The integration user as most companies have it: it may read whatever is there.');
  await makeItAsMostCompaniesDo();
  const before = await whatItSees(org);
  const total = await Promise.all(questions.map((soql) => answerTo(org, org.accessToken, soql)));
  await logIn(start, org, await accessTokenOf(org, username), 'hubspot');
  console.log('');
  columns([['it asks', 'and gets'], ...questions.map((soql, index) => [soql, before[index]])]);

  heading('2. One file says what it should see instead.');
  await writeDefinition();

  const apply = ['apply', '--definition-file', definitionFile];
  heading('3. What would change, and whom does it affect? Nothing is written.');
  await run(...apply, '--dry-run');

  heading('4. Do it. Private organization-wide defaults concern other people, so you have to agree.');
  await runShort(...apply, '--allow-impact', 'owd');

  heading('5. The same again changes nothing.');
  const again = await runQuietly(...apply);
  const changed = again.changes.filter(({ status }) => status !== 'unchanged').length;
  console.log(`\n${changed} changes, ${again.changes.length} already as asked, ${again.apiRequests} requests.`);

  heading(
    '6. Is it so? The proof, asked as the integration user itself (alias hubspot), every access with its source.',
  );
  await run('verify', '--definition-file', definitionFile, '--as', 'hubspot');

  heading('What the integration user gets for the same queries, before and now:');
  const now = await whatItSees(org);
  columns([
    ['query', 'in the org', 'it saw', 'it sees'],
    ...questions.map((soql, index) => [soql, total[index], before[index], now[index]]),
  ]);
  heading(`Done in ${Math.round((Date.now() - started) / 1000)} s. Nothing is left behind.`);
}

try {
  await story();
} catch (error) {
  console.error(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
process.exit();
