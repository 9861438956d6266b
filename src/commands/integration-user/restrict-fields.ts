import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import type { Definition } from '../../definition/definition.js';
import { allFeatures } from '../../features/index.js';
import { changeFlags, orgFlags, usernameFlag, waitFlags, waitMs } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { toHidePart } from '../../flags/hidden-fields.js';
import { outputDirFlag } from '../../flags/output-dir.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import type { IntegrationUserResult } from '../../planning/result.js';
import { runAndPresent } from '../../presentation/changing-run.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.restrict-fields');

export default class IntegrationUserRestrictFields extends SfCommand<IntegrationUserResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    ...changeFlags,
    ...waitFlags,
    username: usernameFlag,
    integration: Flags.string({ summary: messages.getMessage('flags.integration.summary') }),
    field: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.field.summary'),
      description: messages.getMessage('flags.field.description'),
    }),
    'security-classification': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.security-classification.summary'),
    }),
    'compliance-group': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.compliance-group.summary'),
    }),
    sobject: Flags.string({
      char: 's',
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.sobject.summary'),
      description: messages.getMessage('flags.sobject.description'),
    }),
    'keep-field': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.keep-field.summary'),
    }),
    'output-dir': outputDirFlag(),
  };

  public async run(): Promise<IntegrationUserResult> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserRestrictFields);
    const definition: Definition = {
      integration: flags.integration ?? null,
      username: flags.username,
      user: null,
      grant: null,
      share: null,
      hide: toHidePart({
        fields: flags.field ?? [],
        securityClassification: flags['security-classification'] ?? [],
        complianceGroup: flags['compliance-group'] ?? [],
        sobjects: flags.sobject ?? [],
        keepFields: flags['keep-field'] ?? [],
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
