import { open } from 'node:fs/promises';
import type { Org } from '@salesforce/core';
import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import type { Definition } from '../../definition/definition.js';
import { renderDefinition } from '../../definition/render.js';
import { startingDefinition } from '../../definition/starting-point.js';
import { describeUser } from '../../engine/definition-of-user.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { createOrgPort } from '../../org/adapter/connection-port.js';
import { loadRecipe } from '../../recipes/load.js';
import { showFindings } from '../../presentation/findings.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.init');

export type InitResult = {
  /** The file that was written. */
  readonly path: string;
  readonly integration: string;
  readonly username: string;
  /** What applying the definition to the org it was read from would change. */
  readonly pending: readonly string[];
};

export default class IntegrationUserInit extends SfCommand<InitResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    'target-org': Flags.optionalOrg({ summary: messages.getMessage('flags.target-org.summary') }),
    'api-version': Flags.orgApiVersion(),
    integration: Flags.string({ summary: messages.getMessage('flags.integration.summary') }),
    username: Flags.string({ summary: messages.getMessage('flags.username.summary'), exclusive: ['from-user'] }),
    email: Flags.string({ summary: messages.getMessage('flags.email.summary'), exclusive: ['from-user'] }),
    recipe: Flags.string({ summary: messages.getMessage('flags.recipe.summary'), exclusive: ['from-user'] }),
    'from-user': Flags.string({
      summary: messages.getMessage('flags.from-user.summary'),
      description: messages.getMessage('flags.from-user.description'),
    }),
    'output-file': Flags.file({
      summary: messages.getMessage('flags.output-file.summary'),
      default: 'integration-user.yaml',
    }),
  };

  public async run(): Promise<InitResult> {
    const { flags } = await this.parse(IntegrationUserInit);
    const { integration, 'from-user': username, 'output-file': path } = flags;
    const described =
      username === undefined
        ? { definition: await newDefinition(flags), pending: [], findings: [] }
        : await this.existingDefinition(username, integration ?? null, flags);
    await writeNewFile(path, renderDefinition(described.definition));
    this.logSuccess(messages.getMessage('written', [path]));
    showFindings(this, described.findings);
    if (described.pending.length > 0) this.warn(messages.getMessage('pending', [described.pending.join(', ')]));
    const { definition, pending } = described;
    return { path, integration: definition.integration ?? '', username: definition.username, pending };
  }

  private async existingDefinition(username: string, integration: string | null, flags: OrgChoice) {
    const org = flags['target-org'];
    if (org === undefined) throw messages.createError('error.TargetOrgMissing');
    const port = createOrgPort(org.getConnection(flags['api-version']));
    const described = await describeUser({ username, integration }, port);
    if (described === null) throw messages.createError('error.UserNotDescribed', [username]);
    this.log(messages.getMessage('read', [username]));
    return described;
  }
}

type OrgChoice = {
  readonly 'target-org': Org | undefined;
  readonly 'api-version'?: string | undefined;
};

type StartFlags = {
  readonly integration?: string | undefined;
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly recipe?: string | undefined;
};

async function newDefinition({ integration, username, email, recipe }: StartFlags): Promise<Definition> {
  if (integration === undefined) throw messages.createError('error.IntegrationMissing');
  return startingDefinition({
    integration,
    username: username ?? null,
    email: email ?? null,
    recipe: recipe === undefined ? null : await loadRecipe(recipe),
  });
}

/** A definition that somebody wrote is never overwritten. */
async function writeNewFile(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(text);
    await file.close();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw messages.createError('error.FileExists', [path]);
    }
    throw messages.createError('error.NotWritten', [path, error instanceof Error ? error.message : String(error)]);
  }
}
