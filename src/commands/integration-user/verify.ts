import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { concealer } from '../../definition/concealment.js';
import { verificationRequest } from '../../definition/verification-request.js';
import { asUserConnection } from '../../flags/as-user.js';
import { orgFlags } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import type { VerificationResult } from '../../planning/verification.js';
import { formatOfFile, resultFormats } from '../../presentation/reports/index.js';
import { verifyAndPresent } from '../../presentation/verify-run.js';
import { definitionWithRecipe, recipeNames } from '../../recipes/load.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.verify');

export default class IntegrationUserVerify extends SfCommand<VerificationResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    username: Flags.string({
      summary: messages.getMessage('flags.username.summary'),
      atLeastOne: ['username', 'definition-file'],
    }),
    'definition-file': Flags.file({ char: 'f', summary: messages.getMessage('flags.definition-file.summary') }),
    as: Flags.string({
      summary: messages.getMessage('flags.as.summary'),
      description: messages.getMessage('flags.as.description'),
    }),
    'result-format': Flags.option({
      char: 'r',
      options: resultFormats,
      summary: messages.getMessage('flags.result-format.summary'),
      description: messages.getMessage('flags.result-format.description'),
    })(),
    'output-file': Flags.file({ summary: messages.getMessage('flags.output-file.summary') }),
  };

  public async run(): Promise<VerificationResult> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserVerify);
    const { definition, resolved } = await verificationRequest(
      flags['definition-file'] ?? null,
      flags.username ?? null,
      { environment: process.env, recipes: await recipeNames() },
    );
    const target = flags['target-org'];
    const asUser =
      flags.as === undefined
        ? null
        : await asUserConnection(flags.as, definition.username, target, flags['api-version']);
    return verifyAndPresent(this, {
      definition: await definitionWithRecipe(definition),
      definitionFile: flags['definition-file'] ?? null,
      conceal: concealer(resolved),
      connection: target.getConnection(flags['api-version']),
      asUser,
      counter,
      format: flags['result-format'] ?? formatOfFile(flags['output-file'] ?? ''),
      outputFile: flags['output-file'] ?? null,
      version: this.ctor.plugin?.version ?? '',
    });
  }
}
