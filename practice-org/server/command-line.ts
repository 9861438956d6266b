import { parseArgs } from 'node:util';
import { quirkValues, type OrgSettings, type QuirkName, type Quirks } from '../org/settings.ts';

export type CommandLine = { readonly port: number; readonly settings: OrgSettings };

export class UsageError extends Error {}

export const usage = `Usage: npm run -s practice-org -- [--port N] [--records N] [--latency MS] [--recalculation MS]
         [--profile-generation old|new|both] [--seed N] [--quirk NAME=VALUE]...

Quirks (the first value is the default):
${Object.entries(quirkValues)
  .map(([name, values]) => `  ${name}=${values.join('|')}`)
  .join('\n')}
`;

export const defaultSettings: OrgSettings = {
  records: 100,
  seed: 1,
  latencyMs: 0,
  recalculationMs: 500,
  profileGeneration: 'both',
  quirks: defaultQuirks(),
};

function defaultQuirks(): Quirks {
  const first = Object.entries(quirkValues).map(([name, values]) => [name, values[0]] as const);
  return Object.fromEntries(first) as Quirks;
}

export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values } = parsed(argv);
  return {
    port: numberFlag('port', values.port, 0),
    settings: {
      records: numberFlag('records', values.records, defaultSettings.records),
      seed: numberFlag('seed', values.seed, defaultSettings.seed),
      latencyMs: numberFlag('latency', values.latency, defaultSettings.latencyMs),
      recalculationMs: numberFlag('recalculation', values.recalculation, defaultSettings.recalculationMs),
      profileGeneration: generation(values['profile-generation']),
      quirks: quirks(values.quirk ?? []),
    },
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        records: { type: 'string' },
        latency: { type: 'string' },
        recalculation: { type: 'string' },
        'profile-generation': { type: 'string' },
        seed: { type: 'string' },
        quirk: { type: 'string', multiple: true },
      },
    });
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function numberFlag(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number from 0 on, not "${text}"`);
}

function generation(text: string | undefined): OrgSettings['profileGeneration'] {
  if (text === undefined) return defaultSettings.profileGeneration;
  if (text === 'old' || text === 'new' || text === 'both') return text;
  throw new UsageError(`--profile-generation is old, new or both, not "${text}"`);
}

function quirks(assignments: readonly string[]): Quirks {
  const chosen: Record<string, string> = {};
  for (const assignment of assignments) {
    const [name = '', value = ''] = assignment.split('=');
    if (!isQuirk(name)) throw new UsageError(`no quirk is called "${name}"`);
    const values: readonly string[] = quirkValues[name];
    if (!values.includes(value)) throw new UsageError(`quirk ${name} is one of ${values.join(', ')}, not "${value}"`);
    chosen[name] = value;
  }
  return { ...defaultSettings.quirks, ...chosen };
}

function isQuirk(name: string): name is QuirkName {
  return name in quirkValues;
}
