import { Messages } from '@salesforce/core/messages';
import { Flags, SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import type { Definition } from '../../definition/definition.js';
import { defaultLastName } from '../../definition/names.js';
import { userFeature } from '../../features/user/index.js';
import { changeFlags, integrationFlag, orgFlags, usernameFlag } from '../../flags/common.js';
import { exitCodeHelp } from '../../flags/exit-code-help.js';
import { toRecord } from '../../flags/name-value.js';
import { RequestCounter } from '../../org/adapter/request-counter.js';
import type { IntegrationUserResult } from '../../planning/result.js';
import { runAndPresent } from '../../presentation/changing-run.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.create');

/** Locks on users and groups pass within seconds. */
const lockWaitMs = 60_000;

export default class IntegrationUserCreate extends SfCommand<IntegrationUserResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly errorCodes = toHelpSection('EXIT CODES', exitCodeHelp);

  public static override readonly flags = {
    ...orgFlags,
    ...changeFlags,
    integration: integrationFlag,
    username: usernameFlag,
    email: Flags.string({ required: true, summary: messages.getMessage('flags.email.summary') }),
    'first-name': Flags.string({ summary: messages.getMessage('flags.first-name.summary') }),
    'last-name': Flags.string({ summary: messages.getMessage('flags.last-name.summary') }),
    role: Flags.string({
      summary: messages.getMessage('flags.role.summary'),
      description: messages.getMessage('flags.role.description'),
    }),
    profile: Flags.string({
      summary: messages.getMessage('flags.profile.summary'),
      description: messages.getMessage('flags.profile.description'),
    }),
    'permission-set': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.permission-set.summary'),
    }),
    'user-field': Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      summary: messages.getMessage('flags.user-field.summary'),
      description: messages.getMessage('flags.user-field.description'),
    }),
    reactivate: Flags.boolean({ summary: messages.getMessage('flags.reactivate.summary') }),
    'send-password-reset': Flags.boolean({ summary: messages.getMessage('flags.send-password-reset.summary') }),
  };

  public async run(): Promise<IntegrationUserResult> {
    const counter = new RequestCounter();
    const { flags } = await this.parse(IntegrationUserCreate);
    const definition: Definition = {
      integration: flags.integration,
      username: flags.username,
      user: {
        email: flags.email,
        firstName: flags['first-name'] ?? null,
        lastName: flags['last-name'] ?? defaultLastName(flags.integration),
        role: flags.role ?? null,
        profile: flags.profile ?? null,
        permissionSets: flags['permission-set'] ?? [],
        fields: toRecord('user-field', flags['user-field'] ?? []),
        reactivate: flags.reactivate,
        sendPasswordReset: flags['send-password-reset'],
      },
      grant: null,
      hide: null,
      share: null,
    };
    return runAndPresent(this, {
      definition,
      features: [userFeature],
      connection: flags['target-org'].getConnection(flags['api-version']),
      counter,
      dryRun: flags['dry-run'],
      noPrompt: flags['no-prompt'],
      allowedImpacts: flags['allow-impact'] ?? [],
      waitMs: lockWaitMs,
    });
  }
}
