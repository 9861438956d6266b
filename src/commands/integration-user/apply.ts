import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { readDefinitionFile, readDefinitionFolder } from '../../definition/definition-file.js';
import { allFeatures } from '../../features/index.js';
import { leftoverFeature } from '../../features/leftovers/index.js';
import { changeFlags, orgFlags, waitFlags, waitMs } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { outputDirFlag } from '../../flags/output-dir.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import type { IntegrationUserResult } from '../../planning/result.js';
import { applyAndPresent } from '../../presentation/apply-run.js';
import { definitionWithRecipe, recipeNames } from '../../recipes/load.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.apply');

export default class IntegrationUserApply extends SfCommand<IntegrationUserResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    ...changeFlags,
    ...waitFlags,
    'definition-file': Flags.file({
      char: 'f',
      summary: messages.getMessage('flags.definition-file.summary'),
      description: messages.getMessage('flags.definition-file.description'),
      exactlyOne: ['definition-file', 'definition-dir'],
    }),
    'definition-dir': Flags.directory({
      summary: messages.getMessage('flags.definition-dir.summary'),
      exactlyOne: ['definition-file', 'definition-dir'],
    }),
    'dry-run': changeFlags['dry-run'],
    'fail-on-changes': Flags.boolean({
      summary: messages.getMessage('flags.fail-on-changes.summary'),
      description: messages.getMessage('flags.fail-on-changes.description'),
      dependsOn: ['dry-run'],
    }),
    prune: Flags.boolean({
      summary: messages.getMessage('flags.prune.summary'),
      description: messages.getMessage('flags.prune.description'),
    }),
    'output-dir': outputDirFlag(),
  };

  public async run(): Promise<IntegrationUserResult> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserApply);
    const { 'definition-file': file, 'definition-dir': folder } = flags;
    const context = { environment: process.env, recipes: await recipeNames() };
    const files =
      folder === undefined
        ? [await readDefinitionFile(file ?? '', context)]
        : await readDefinitionFolder(folder, context);
    return applyAndPresent(this, {
      files: await Promise.all(
        files.map(async (read) => ({ ...read, definition: await definitionWithRecipe(read.definition) })),
      ),
      features: [...allFeatures, leftoverFeature({ prune: flags.prune })],
      connection: flags['target-org'].getConnection(flags['api-version']),
      counter,
      dryRun: flags['dry-run'],
      failOnChanges: flags['fail-on-changes'],
      noPrompt: flags['no-prompt'],
      // Who asks to prune and not to be asked has agreed to the deletions.
      allowedImpacts: [...(flags['allow-impact'] ?? []), ...(flags['no-prompt'] ? (['deletion'] as const) : [])],
      waitMs: waitMs(flags),
      outputDir: flags['output-dir'] ?? null,
    });
  }
}
