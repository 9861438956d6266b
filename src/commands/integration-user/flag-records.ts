import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { changeFlags, integrationFlag, orgFlags, waitFlags, waitMs } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { toFlagRequest } from '../../flags/flag-request.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import { flagAndPresent } from '../../presentation/flag-run.js';
import type { FlagRecordsResult } from '../../records/run.js';
import { withStandardInput } from '../../records/standard-input.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.flag-records');

const standardInput = '-';

export default class IntegrationUserFlagRecords extends SfCommand<FlagRecordsResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    'dry-run': changeFlags['dry-run'],
    'no-prompt': changeFlags['no-prompt'],
    ...waitFlags,
    integration: integrationFlag,
    sobject: Flags.string({ char: 's', required: true, summary: messages.getMessage('flags.sobject.summary') }),
    where: Flags.string({
      summary: messages.getMessage('flags.where.summary'),
      exactlyOne: ['where', 'file'],
    }),
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      description: messages.getMessage('flags.file.description'),
      exactlyOne: ['where', 'file'],
    }),
    'key-field': Flags.string({
      default: 'Id',
      summary: messages.getMessage('flags.key-field.summary'),
    }),
    'flag-label': Flags.string({ summary: messages.getMessage('flags.flag-label.summary') }),
    unflag: Flags.boolean({ summary: messages.getMessage('flags.unflag.summary'), exclusive: ['sync'] }),
    sync: Flags.boolean({ summary: messages.getMessage('flags.sync.summary'), exclusive: ['unflag'] }),
    'failed-records-file': Flags.string({
      default: 'failed-records.csv',
      summary: messages.getMessage('flags.failed-records-file.summary'),
    }),
    'job-id': Flags.salesforceId({
      char: 'i',
      startsWith: '750',
      length: 'both',
      summary: messages.getMessage('flags.job-id.summary'),
    }),
  };

  public async run(): Promise<FlagRecordsResult> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserFlagRecords);
    const withKeys = (keysPath: string | undefined): Promise<FlagRecordsResult> =>
      flagAndPresent(this, {
        request: toFlagRequest({
          integration: flags.integration,
          sobject: flags.sobject,
          flagLabel: flags['flag-label'],
          where: flags.where,
          keysPath,
          keyField: flags['key-field'],
          unflag: flags.unflag,
          sync: flags.sync,
        }),
        integration: flags.integration,
        connection: flags['target-org'].getConnection(flags['api-version']),
        counter,
        dryRun: flags['dry-run'],
        noPrompt: flags['no-prompt'],
        jobId: flags['job-id'] ?? null,
        failedRecordsPath: flags['failed-records-file'],
        waitMs: waitMs(flags),
      });
    return flags.file === standardInput ? withStandardInput(withKeys) : withKeys(flags.file);
  }
}
