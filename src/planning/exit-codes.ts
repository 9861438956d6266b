/** One table for the code and for the help. Several at once: the first that applies, in this order. */
export const exitCodes = {
  failed: { code: 1, meaning: 'The command failed, or refused; nothing was written unless the output says so.' },
  partlyDone: { code: 68, meaning: 'Some changes were made, others failed. Run the same command again to finish.' },
  inProgress: { code: 69, meaning: 'Salesforce is still working. Run the same command again later to finish.' },
  differs: { code: 3, meaning: 'The org differs from what you asked for, or does not tell whether it does.' },
  done: { code: 0, meaning: 'Done, or nothing to do.' },
} as const satisfies Record<string, { readonly code: number; readonly meaning: string }>;

/** Codes the CLI itself sets; listed in the help beside ours. */
export const cliExitCodes = {
  usage: { code: 2, meaning: 'A flag is unknown, missing, or does not go with the others.' },
  bug: { code: 10, meaning: 'An unexpected error in the plugin.' },
  salesforceFault: { code: 20, meaning: 'Salesforce reported an internal error.' },
  interrupted: { code: 130, meaning: 'You stopped the command.' },
} as const satisfies Record<string, { readonly code: number; readonly meaning: string }>;
