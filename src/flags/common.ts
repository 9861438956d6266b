import { Flags } from '@salesforce/sf-plugins-core';
import { flagTexts as texts } from './texts.js';

/** Which org, and how to speak to it. */
export const orgFlags = {
  'target-org': Flags.requiredOrg(),
  'api-version': Flags.orgApiVersion(),
};

/** Flags of every command that changes something. */
export const changeFlags = {
  'dry-run': Flags.boolean({ summary: texts.getMessage('dry-run.summary') }),
  'no-prompt': Flags.boolean({
    char: 'p',
    summary: texts.getMessage('no-prompt.summary'),
    description: texts.getMessage('no-prompt.description'),
  }),
  'allow-impact': Flags.option({
    options: ['owd', 'profile'] as const,
    multiple: true,
    multipleNonGreedy: true,
    summary: texts.getMessage('allow-impact.summary'),
    description: texts.getMessage('allow-impact.description'),
  })(),
};

/** Flags of the commands that wait for Salesforce. */
export const waitFlags = {
  wait: Flags.duration({
    char: 'w',
    unit: 'minutes',
    min: 0,
    defaultValue: 30,
    summary: texts.getMessage('wait.summary'),
    description: texts.getMessage('wait.description'),
    exclusive: ['async'],
  }),
  async: Flags.boolean({ summary: texts.getMessage('async.summary'), exclusive: ['wait'] }),
};

/** Who connects, and as whom. */
export const integrationFlag = Flags.string({ required: true, summary: texts.getMessage('integration.summary') });

export const usernameFlag = Flags.string({ required: true, summary: texts.getMessage('username.summary') });

/** --async is another name for waiting not at all. */
export function waitMs(flags: {
  readonly wait?: { readonly milliseconds: number } | undefined;
  readonly async: boolean;
}): number {
  return flags.async ? 0 : (flags.wait?.milliseconds ?? 0);
}
