import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import type { Definition } from '../../definition/definition.js';
import { allFeatures } from '../../features/index.js';
import { changeFlags, integrationFlag, orgFlags, usernameFlag, waitFlags, waitMs } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { outputDirFlag } from '../../flags/output-dir.js';
import { toSharePart } from '../../flags/shared-objects.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import type { IntegrationUserResult } from '../../planning/result.js';
import { runAndPresent } from '../../presentation/changing-run.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.share-by-flag');

export default class IntegrationUserShareByFlag extends SfCommand<IntegrationUserResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    ...changeFlags,
    ...waitFlags,
    integration: integrationFlag,
    username: usernameFlag,
    sobject: Flags.string({
      char: 's',
      required: true,
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.sobject.summary'),
      description: messages.getMessage('flags.sobject.description'),
    }),
    'flag-label': Flags.string({
      summary: messages.getMessage('flags.flag-label.summary'),
      description: messages.getMessage('flags.flag-label.description'),
    }),
    'flag-initially': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.flag-initially.summary'),
      description: messages.getMessage('flags.flag-initially.description'),
    }),
    'flag-editor': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.flag-editor.summary'),
      description: messages.getMessage('flags.flag-editor.description'),
    }),
    'add-to-layout': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.add-to-layout.summary'),
      description: messages.getMessage('flags.add-to-layout.description'),
    }),
    'output-dir': outputDirFlag(),
  };

  public async run(): Promise<IntegrationUserResult> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserShareByFlag);
    const definition: Definition = {
      integration: flags.integration,
      username: flags.username,
      user: null,
      grant: null,
      hide: null,
      share: toSharePart({
        integration: flags.integration,
        sobjects: flags.sobject,
        flagLabel: flags['flag-label'],
        flagInitially: flags['flag-initially'] ?? [],
        flagEditors: flags['flag-editor'] ?? [],
        addToLayouts: flags['add-to-layout'] ?? [],
      }),
    };
    return runAndPresent(this, {
      definition,
      features: allFeatures,
      connection: flags['target-org'].getConnection(flags['api-version']),
      counter,
      dryRun: flags['dry-run'],
      noPrompt: flags['no-prompt'],
      allowedImpacts: flags['allow-impact'] ?? [],
      waitMs: waitMs(flags),
      outputDir: flags['output-dir'] ?? null,
    });
  }
}
