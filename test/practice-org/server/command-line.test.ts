import { describe, expect, it } from 'vitest';
import { parseCommandLine, UsageError } from '../../../practice-org/server/command-line.ts';

describe('Given the flags of the practice org', () => {
  it('when none is given, then a free port is taken', () => {
    expect(parseCommandLine([]).port).toBe(0);
  });

  it('when --quirk is repeated, then each one counts and the others keep their default', () => {
    const { settings } = parseCommandLine(['--quirk', 'composite-setup=refuse', '--quirk', 'language=fr']);
    expect(settings.quirks).toMatchObject({ 'composite-setup': 'refuse', language: 'fr', edition: 'enterprise' });
  });

  it('when all numbers are given, then they are the settings', () => {
    const { settings } = parseCommandLine('--records 10 --latency 5 --recalculation 7 --seed 3'.split(' '));
    expect(settings).toMatchObject({ records: 10, latencyMs: 5, recalculationMs: 7, seed: 3 });
  });

  it.each([
    ['an unknown flag', ['--colour', 'red']],
    ['a positional argument', ['start']],
    ['a number that is none', ['--records', 'many']],
    ['an unknown quirk', ['--quirk', 'weather=sunny']],
    ['an unknown value of a quirk', ['--quirk', 'language=xx']],
    ['an unknown profile generation', ['--profile-generation', 'newest']],
  ])('when there is %s, then it is a usage error', (_what, argv) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
  });
});
