import { cliExitCodes, exitCodes } from '../planning/exit-codes.js';

/** Every exit code and its meaning, from the table that the code itself uses. */
export const exitCodeHelp: Readonly<Record<string, string>> = Object.fromEntries(
  [...Object.values(exitCodes), ...Object.values(cliExitCodes)]
    .toSorted((a, b) => a.code - b.code)
    .map(({ code, meaning }) => [String(code), meaning]),
);
