import type { Connection } from '@salesforce/core';
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  countOf,
  flag,
  flagField,
  loggedRequests,
  makeFlag,
  rowsChanged,
  rowsOfJobs,
  whereRequest,
} from '../support/flagging.ts';
import { connectTo, PluginCli } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { seeded } from '../support/random.ts';

const records = 10_000;
const kills = process.env['EXHAUSTIVE'] === undefined ? 3 : 25;

/** So much of what a run that nobody kills asks for, or writes. */
type Moment = { readonly what: 'requests' | 'rows'; readonly percent: number };

/** Names end in the running number: six tenths of the records before, six tenths after, two of them the same. */
const before = endingWith(0, 1, 2, 3, 4, 5);
const after = endingWith(4, 5, 6, 7, 8, 9);
const nothing = "Name = 'Nothing'";

const commands = [
  { title: 'flags many records', argv: ['--where', after], flaggedBefore: nothing, changes: 6_000 },
  {
    title: 'makes flags follow a condition',
    argv: ['--where', after, '--sync'],
    flaggedBefore: before,
    changes: 8_000,
  },
] as const;

describe.each(commands)('Given a process that $title', ({ argv, flaggedBefore, changes }) => {
  const practice = usePracticeServer({ records });
  let cli: PluginCli;
  let connection: Connection;
  let requestsOfRun: number;
  const command = [
    ...['integration-user', 'flag-records', '--target-org', 'practice', '--integration', 'HubSpot', '--no-prompt'],
    ...['--sobject', 'Account', ...argv],
  ];

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    connection = await connectTo(practice.server);
    await makeFlag(practice, ['Account']);
    // Requests take a moment, so that there is one in which to die.
    await practice.post('/__practice__/faults', [{ path: '/services/', latencyMs: 20 }]);
    await startAnew();
    await cli.run(command);
    requestsOfRun = (await loggedRequests(practice)).length;
  });
  afterAll(() => cli.dispose());

  it.each(momentsOf(changes))(
    'When it is killed after $percent % of its $what, Then the same command makes exactly the right flags, and writes no row twice',
    async (moment) => {
      await startAnew();
      const rowsBefore = await rowsOfJobs(practice);
      const { child, finished } = cli.start(command);
      await untilReached(moment, child);
      child.kill('SIGKILL');
      await finished;
      const { exitCode } = await cli.run(command);
      expect({
        exitCode,
        flagged: await countOf(practice, `${flagField} = true`),
        right: await countOf(practice, `(${after}) AND ${flagField} = true`),
        changed: await rowsChanged(practice),
        sent: (await rowsOfJobs(practice)) - rowsBefore,
      }).toEqual({ exitCode: 0, flagged: 6_000, right: 6_000, changed: changes, sent: changes });
    },
  );

  async function startAnew(): Promise<void> {
    await flag(connection, whereRequest(flaggedBefore, { mode: 'sync' }), { confirm: () => Promise.resolve(true) });
    await rowsChanged(practice);
  }

  function untilReached({ what, percent }: Moment, child: ChildProcess): Promise<void> {
    const count = ((what === 'rows' ? changes : requestsOfRun) * percent) / 100;
    return vi.waitFor(
      async () => {
        const requests = await loggedRequests(practice);
        const rows = requests.reduce((sum, { changed }) => sum + changed, 0);
        const reached = what === 'rows' ? rows : requests.length;
        if (reached < count && child.exitCode === null) throw new Error(`${reached} of ${count} ${what}`);
      },
      { interval: 1, timeout: 60_000 },
    );
  }
});

/** Half of them by what the org was asked for, half by what it has done. */
function momentsOf(changes: number): readonly Moment[] {
  const random = seeded(changes);
  return Array.from({ length: kills }, (_, index) => ({
    what: index % 2 === 0 ? 'requests' : 'rows',
    percent: random(100),
  }));
}

function endingWith(...digits: readonly number[]): string {
  return digits.map((digit) => `Name LIKE '%${digit}'`).join(' OR ');
}
