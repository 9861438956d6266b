import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const source = join('force-app', 'main', 'default');

/** A Salesforce DX project in a temporary folder. Names of files are relative to force-app/main/default. */
export class DxProject {
  public readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  public static async create(): Promise<DxProject> {
    const project = new DxProject(await mkdtemp(join(tmpdir(), 'dx-project-')));
    const description = { packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '66.0' };
    await mkdir(join(project.folder, source), { recursive: true });
    await writeFile(join(project.folder, 'sfdx-project.json'), JSON.stringify(description));
    return project;
  }

  /** Writes a document of the Metadata API; `content` goes inside its root element. */
  public async write(name: string, type: string, content: string): Promise<void> {
    const path = this.pathOf(name);
    await mkdir(dirname(path), { recursive: true });
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">\n${content}\n</${type}>\n`;
    await writeFile(path, xml);
  }

  public read(name: string): Promise<string> {
    return readFile(this.pathOf(name), 'utf8');
  }

  public async remove(name: string): Promise<void> {
    await rm(this.pathOf(name), { recursive: true, force: true });
  }

  public pathOf(name: string): string {
    return join(this.folder, source, name);
  }

  public async dispose(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
