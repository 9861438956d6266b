export type Finished = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };
export type Measured = { readonly seconds: number; readonly mebibytes: number; readonly stdout: string };

const marker = 'peak-resident-kibibytes:';
const report = `process.on('exit',()=>process._rawDebug('${marker}'+process.resourceUsage().maxRSS))`;

/** Makes a Node process tell its largest resident memory when it ends. */
const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(report)}` } as const;

/** Time and largest resident memory of a Node process that is started with the given environment; throws where it fails. */
export async function measured(
  run: (environment: Readonly<Record<string, string>>) => Promise<Finished>,
): Promise<Measured> {
  const begun = performance.now();
  const { exitCode, stdout, stderr } = await run(environment);
  const seconds = (performance.now() - begun) / 1000;
  const peak = new RegExp(`${marker}(\\d+)`).exec(stderr)?.[1];
  if (exitCode !== 0 || peak === undefined) throw new Error(`exit code ${exitCode}\n${stdout}\n${stderr}`);
  return { seconds, mebibytes: Number(peak) / 1024, stdout };
}
