import JSZip from 'jszip';
import { createClock } from '../../../practice-org/org/clock.ts';
import { createPracticeOrg } from '../../../practice-org/org/create-org.ts';
import type { Caller, PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import type { OrgSettings, Quirks } from '../../../practice-org/org/settings.ts';
import { createMetadataService, type MetadataService } from '../../../practice-org/metadata/metadata-service.ts';
import type { NamedComponents } from '../../../practice-org/metadata/components/named-components.ts';
import {
  defaultDeployOptions,
  type DeployMessage,
  type DeployOptions,
  type DeployResult,
  type PackageMembers,
  type RetrieveResult,
} from '../../../practice-org/metadata/messages.ts';
import { defaultSettings } from '../../../practice-org/server/command-line.ts';
import type { Values } from '../../../practice-org/storage/table.ts';

export const namespace = 'http://soap.sforce.com/2006/04/metadata';
/** Member names by type. */
export type Members = Readonly<Record<string, readonly string[]>>;
export type Files = Readonly<Record<string, string>>;

type Choice = Partial<Omit<OrgSettings, 'quirks'>> & {
  readonly quirks?: Partial<Quirks>;
  readonly named?: NamedComponents;
};

export function document(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">\n${content}\n</${root}>\n`;
}

export function manifest(members: Members, version = '66.0'): string {
  const types = Object.entries(members).map(
    ([name, names]) => `<types>${names.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
  );
  return document('Package', `${types.join('\n')}<version>${version}</version>`);
}

/** An org whose metadata a test deploys and retrieves as a client would: by zips, and by time that the test itself moves on. */
export class MetadataOrg {
  public readonly org: PracticeOrg;
  public readonly service: MetadataService;
  public readonly admin: Caller;
  #now = Date.UTC(2026, 0, 31);

  public constructor({ quirks, named, ...settings }: Choice = {}) {
    this.org = createPracticeOrg(
      {
        ...defaultSettings,
        records: 0,
        recalculationMs: 0,
        ...settings,
        quirks: { ...defaultSettings.quirks, ...quirks },
      },
      createClock(() => this.#now),
    );
    this.service = createMetadataService(this.org, named);
    this.admin = { userId: this.org.adminUserId, apiVersion: 66 };
  }

  public wait(milliseconds: number): void {
    this.#now += milliseconds;
  }

  public async deploy(
    members: Members,
    files: Files,
    { version = 66, ...options }: Partial<DeployOptions> & { readonly version?: number } = {},
    caller: Caller = this.admin,
  ): Promise<DeployResult> {
    const zip = await zipOf({ 'package.xml': manifest(members, version.toFixed(1)), ...files });
    const ticket = this.service.deploy(caller, zip, {
      ...defaultDeployOptions,
      singlePackage: true,
      rollbackOnError: true,
      ...options,
    });
    return ticket.finished;
  }

  /** Deploys what has to succeed for the test to make sense. */
  public async prepare(members: Members, files: Files): Promise<void> {
    const result = await this.deploy(members, files);
    if (!result.success) throw new Error(JSON.stringify(problems(result)));
  }

  public async destroy(members: Members, file = 'destructiveChanges.xml', options: Partial<DeployOptions> = {}) {
    return this.deploy({}, { [file]: manifest(members) }, options);
  }

  public async retrieveResult(members: Members, apiVersion = 66): Promise<RetrieveResult> {
    const types: PackageMembers[] = Object.entries(members).map(([name, names]) => ({ name, members: names }));
    const { id } = this.service.retrieve(this.admin, { apiVersion, types });
    let result = this.service.retrieveStatus(this.admin, id, true);
    while (!result.done) {
      await new Promise((resolve) => setImmediate(resolve));
      result = this.service.retrieveStatus(this.admin, id, true);
    }
    return result;
  }

  /** Retrieved files by their path below "unpackaged/". */
  public async retrieve(members: Members, apiVersion = 66): Promise<ReadonlyMap<string, string>> {
    const { zipFile } = await this.retrieveResult(members, apiVersion);
    const zip = await JSZip.loadAsync(zipFile, { base64: true });
    const files = Object.values(zip.files).filter((file) => !file.dir);
    const contents = await Promise.all(
      files.map(async (file) => [file.name.replace(/^unpackaged\//, ''), await file.async('string')] as const),
    );
    return new Map(contents);
  }

  public rows(object: string, where: Values = {}): readonly Values[] {
    return this.org.store.select(object, where);
  }

  public row(object: string, where: Values): Values {
    const [row] = this.rows(object, where);
    if (row === undefined) throw new Error(`no ${object} with ${JSON.stringify(where)}`);
    return row;
  }

  public insert(object: string, values: Values): string {
    return this.org.dml.insert({ ...this.admin, system: true }, object, values);
  }
}

export async function zipOf(files: Files): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [path, content] of Object.entries(files)) zip.file(path, content);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

export function problems(result: DeployResult): readonly string[] {
  return result.details.componentFailures.map(({ problem }) => problem ?? '');
}

/** What a deployment says about one component. */
export function messageOf(result: DeployResult, componentType: string, fullName: string): DeployMessage {
  const { componentFailures, componentSuccesses } = result.details;
  const found = [...componentFailures, ...componentSuccesses].find(
    (message) => message.componentType === componentType && message.fullName === fullName,
  );
  if (found === undefined) throw new Error(`nothing is said about ${componentType} ${fullName}`);
  return found;
}
