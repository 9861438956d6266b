import JSZip from 'jszip';
import { SalesforceError } from '../../org/errors.ts';
import { normalizeId } from '../../storage/record-id.ts';
import type { AsyncResult, PackageMembers, RetrieveRequest, RetrieveResult } from '../messages.ts';
import { encodeFile } from '../structure/encode.ts';
import { grammar } from '../structure/grammar.ts';
import { structureOf } from '../registry.ts';
import { escapeXml, metadataNamespace } from '../xml/render.ts';
import type { ComponentFiles } from './component-files.ts';
import { fileNameOf, fileProperties, type PropertiesOptions } from './file-properties.ts';

const root = 'unpackaged/';
const manifestName = 'package.xml';

/** Retrievals that have been asked for, by Id. Each is finished as soon as its zip is packed. */
export class Retrievals {
  readonly #files: ComponentFiles;
  readonly #newId: () => string;
  readonly #properties: Omit<PropertiesOptions, 'root'>;
  readonly #results = new Map<string, RetrieveResult>();

  public constructor(files: ComponentFiles, newId: () => string, properties: Omit<PropertiesOptions, 'root'>) {
    this.#files = files;
    this.#newId = newId;
    this.#properties = properties;
  }

  public start(request: RetrieveRequest): AsyncResult {
    const id = this.#newId();
    const pending = {
      done: false,
      fileProperties: [],
      id,
      messages: [],
      status: 'Pending',
      success: false,
      zipFile: '',
    } as const;
    this.#results.set(id, pending);
    void this.#retrieve(id, request).then((result) => this.#results.set(id, result));
    return { done: false, id, state: 'Queued' };
  }

  public status(id: string, includeZip: boolean): RetrieveResult {
    const result = this.#results.get(normalizeId(id) ?? id);
    if (result === undefined) throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    return includeZip ? result : { ...result, zipFile: '' };
  }

  /** What is not there is a message of a retrieval that succeeds all the same. */
  async #retrieve(id: string, request: RetrieveRequest): Promise<RetrieveResult> {
    const { files, problems } = this.#files.retrieve(request.types, request.apiVersion);
    const zip = new JSZip();
    const order = this.#properties.org.settings.quirks.retrieve === 'verbatim' ? 'document' : 'type';
    for (const { description, fullName, document } of files) {
      const structure = grammar.structure(structureOf(description.name, fullName));
      zip.file(
        root + fileNameOf(description.name, fullName),
        encodeFile(document, structure, { grammar, version: request.apiVersion, order }),
      );
    }
    const manifest = request.types.map(({ name, members }) => ({ name, members: [...members] }));
    zip.file(root + manifestName, encodeManifest(manifest, request.apiVersion));
    const options = { ...this.#properties, root };
    return {
      done: true,
      fileProperties: files.flatMap(({ components }) =>
        components.map(({ type, fullName }) => fileProperties(type, fullName, options)),
      ),
      id,
      messages: problems.map((problem) => ({ fileName: root + manifestName, problem })),
      status: 'Succeeded',
      success: true,
      zipFile: await zip.generateAsync({ type: 'base64', compression: 'DEFLATE' }),
    };
  }
}

function encodeManifest(types: readonly PackageMembers[], version: number): string {
  const lists = types.map(({ name, members }) => {
    const lines = members.map((member) => `        <members>${escapeXml(member)}</members>\n`).join('');
    return `    <types>\n${lines}        <name>${escapeXml(name)}</name>\n    </types>\n`;
  });
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  return `${head}<Package xmlns="${metadataNamespace}">\n${lists.join('')}    <version>${version.toFixed(1)}</version>\n</Package>\n`;
}
