import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import type { Definition } from '../../definition/definition.js';
import { allFeatures } from '../../features/index.js';
import { changeFlags, integrationFlag, orgFlags, usernameFlag, waitFlags, waitMs } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { toGrantPart } from '../../flags/granted-permissions.js';
import { outputDirFlag } from '../../flags/output-dir.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import type { IntegrationUserResult } from '../../planning/result.js';
import { runAndPresent } from '../../presentation/changing-run.js';
import { grantWithRecipe } from '../../recipes/load.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.grant');

export default class IntegrationUserGrant extends SfCommand<IntegrationUserResult> {
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
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.sobject.summary'),
      description: messages.getMessage('flags.sobject.description'),
    }),
    'read-field': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.read-field.summary'),
      description: messages.getMessage('flags.read-field.description'),
    }),
    'edit-field': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.edit-field.summary'),
      description: messages.getMessage('flags.edit-field.description'),
    }),
    'system-permission': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.system-permission.summary'),
    }),
    'permission-set': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.permission-set.summary'),
    }),
    recipe: Flags.string({
      summary: messages.getMessage('flags.recipe.summary'),
      description: messages.getMessage('flags.recipe.description'),
    }),
    'allow-unfiltered': Flags.boolean({
      summary: messages.getMessage('flags.allow-unfiltered.summary'),
      description: messages.getMessage('flags.allow-unfiltered.description'),
    }),
    'output-dir': outputDirFlag(),
  };

  public async run(): Promise<IntegrationUserResult> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserGrant);
    const grant = toGrantPart({
      sobjects: flags.sobject ?? [],
      readFields: flags['read-field'] ?? [],
      editFields: flags['edit-field'] ?? [],
      systemPermissions: flags['system-permission'] ?? [],
      permissionSets: flags['permission-set'] ?? [],
      recipe: flags.recipe ?? null,
      allowUnfiltered: flags['allow-unfiltered'],
    });
    const definition: Definition = {
      integration: flags.integration,
      username: flags.username,
      user: null,
      grant: await grantWithRecipe(grant),
      hide: null,
      share: null,
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
