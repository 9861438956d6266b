import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { orgFlags } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { sortKeys, type Inventory } from '../../inventory/inventory.js';
import { createOrgPort } from '../../org/adapter/connection-port.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import { listAndPresent } from '../../presentation/list-run.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.list');

export default class IntegrationUserList extends SfCommand<Inventory> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    sort: Flags.option({
      options: sortKeys,
      default: 'username' as const,
      summary: messages.getMessage('flags.sort.summary'),
    })(),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary') }),
  };

  public async run(): Promise<Inventory> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserList);
    const port = createOrgPort(flags['target-org'].getConnection(flags['api-version']), counter);
    return listAndPresent(this, { port, sort: flags.sort, verbose: flags.verbose });
  }
}
