import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { changeFlags, integrationFlag, orgFlags, waitFlags, waitMs } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { checkFailedRecordsFile } from '../../flags/failed-records-file.js';
import { toFlagRequest } from '../../flags/flag-request.js';
import { standardInput, withKeysFile, type KeptKeys } from '../../flags/keys-file.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import { flagAndPresent, untilKeysAreRead } from '../../presentation/flag-run.js';
import type { FlagRecordsResult } from '../../records/run.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.flag-records');

const defaultKeyField = 'Id';

export default class IntegrationUserFlagRecords extends SfCommand<FlagRecordsResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    'dry-run': changeFlags['dry-run'],
    'no-prompt': Flags.boolean({
      char: 'p',
      summary: messages.getMessage('flags.no-prompt.summary'),
      description: messages.getMessage('flags.no-prompt.description'),
    }),
    wait: Flags.duration({
      char: 'w',
      unit: 'minutes',
      min: 0,
      defaultValue: 30,
      summary: messages.getMessage('flags.wait.summary'),
      description: messages.getMessage('flags.wait.description'),
      exclusive: ['async'],
    }),
    async: waitFlags.async,
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
    'key-field': Flags.string({ summary: messages.getMessage('flags.key-field.summary'), dependsOn: ['file'] }),
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
    const { file } = flags;
    if (!flags['dry-run']) await checkFailedRecordsFile(flags['failed-records-file'], file);
    const withKeys = (keys: KeptKeys | undefined): Promise<FlagRecordsResult> =>
      flagAndPresent(this, {
        request: toFlagRequest({
          integration: flags.integration,
          sobject: flags.sobject,
          flagLabel: flags['flag-label'],
          where: flags.where,
          keys,
          keyField: flags['key-field'] ?? defaultKeyField,
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
    if (file === undefined) return withKeys(undefined);
    if (file === standardInput && process.stdin.isTTY) this.logToStderr(messages.getMessage('typeKeys'));
    return untilKeysAreRead(() => withKeysFile(file, withKeys));
  }
}
