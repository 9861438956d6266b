import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countOf, flagField, makeFlag } from '../support/flagging.ts';
import { PluginCli } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';

const records = 3_000;

describe('Given a network that is left through a proxy only', () => {
  const practice = usePracticeServer({ records });
  let cli: PluginCli;
  let proxy: Proxy;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    await makeFlag(practice, ['Account']);
    proxy = await startProxy();
  });
  afterAll(async () => {
    await cli.dispose();
    proxy.close();
  });

  it.each(['https_proxy', 'HTTP_PROXY'])(
    'When %s names it, Then every request goes through it, the files of Bulk jobs as well',
    async (variable) => {
      await practice.send('DELETE', '/__practice__/requests');
      const before = proxy.paths.length;
      const argv = [
        ...['integration-user', 'flag-records', '--target-org', 'practice', '--integration', 'HubSpot', '--json'],
        ...['--sobject', 'Account', '--where', 'Id != null', '--no-prompt'],
        ...(variable === 'HTTP_PROXY' ? ['--unflag'] : []),
      ];
      const { exitCode } = await cli.run(argv, cli.home, { [variable]: proxy.url });
      const { body } = await practice.get<ReadonlyArray<{ readonly path: string }>>('/__practice__/requests');
      const through = proxy.paths.slice(before);
      expect({
        exitCode,
        around: body.length - through.length,
        uploads: through.filter((path) => path.endsWith('/batches')).length,
        results: through.filter((path) => path.endsWith('/results')).length,
        flagged: await countOf(practice, `${flagField} = true`),
      }).toEqual({ exitCode: 0, around: 0, uploads: 1, results: 1, flagged: variable === 'HTTP_PROXY' ? 0 : records });
    },
  );
});
