import { Buffer } from 'node:buffer';
import { SalesforceError } from '../org/errors.ts';
import type { Caller } from '../org/practice-org.ts';
import { ComponentError } from '../metadata/component-error.ts';
import { text, type Document } from '../metadata/document.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import type { DeployTicket, ReadRecord, SaveResult } from '../metadata/messages.ts';
import { childDescription, structureOf, typeDescription } from '../metadata/registry.ts';
import { decodeStructure } from '../metadata/structure/decode.ts';
import { encodeElements } from '../metadata/structure/encode.ts';
import { grammar } from '../metadata/structure/grammar.ts';
import type { XmlElement } from '../metadata/xml/parse.ts';
import { childNamed } from './envelope.ts';
import { deployOptionsOf, flagOf, listQueriesOf, retrieveRequestOf, textOf, textsOf } from './request-elements.ts';

export type SoapAnswer = {
  /** Content of the response element. */
  readonly content: string;
  /** Components that the request changes for good, when that is known. */
  readonly changed: Promise<number>;
};
type Operation = (service: MetadataService, caller: Caller, operation: XmlElement, allOrNone: boolean) => SoapAnswer;

const nothingChanged = Promise.resolve(0);

function answer(content: string, changed: Promise<number> = nothingChanged): SoapAnswer {
  return { content, changed };
}

/** Results are written without indentation and in the latest version: clients skip what they do not know. */
function result(structure: string, document: Document): string {
  const elements = encodeElements(document, grammar.structure(structure), 0, {
    grammar,
    version: Infinity,
    indent: '',
    order: 'type',
  });
  return `<result>${elements}</result>`;
}

function started(ticket: DeployTicket): SoapAnswer {
  return answer(result('AsyncResult', { done: false, id: ticket.id, state: 'Queued' }), ticket.changed);
}

function record(read: ReadRecord, version: number): string {
  if (read === null) return '<records xsi:nil="true"/>';
  const fullName = text(read.document, 'fullName') ?? '';
  const structure = structureOf(read.type, fullName);
  const elements = encodeElements(read.document, grammar.structure(structure), 0, {
    grammar,
    version,
    indent: '',
    order: 'type',
  });
  return `<records xsi:type="${structure}">${elements}</records>`;
}

function saved(structure: 'SaveResult' | 'UpsertResult' | 'DeleteResult', results: readonly SaveResult[]): SoapAnswer {
  const content = results.map(({ created, ...rest }) =>
    result(structure, { ...rest, ...(structure === 'UpsertResult' ? { created: created ?? false } : {}) }),
  );
  return answer(content.join(''), Promise.resolve(results.filter((one) => one.success).length));
}

/** The documents of a CRUD call, with the one type that they all have. */
function documentsOf(
  operation: XmlElement,
  version: number,
): { readonly type: string; readonly documents: readonly Document[] } {
  const elements = operation.children.filter((child) => child.name === 'metadata');
  const types = new Set(elements.map((element) => (element.attributes['xsi:type'] ?? '').replace(/^.*:/, '')));
  const [type] = types;
  if (type === undefined || types.size > 1 || (typeDescription(type) ?? childDescription(type)) === undefined) {
    throw new SalesforceError('INVALID_TYPE', `Unknown type: ${[...types].join(', ')}`);
  }
  try {
    const documents = elements.map((element) =>
      decodeStructure(element, grammar.structure(structureOf(type, textOf(element, 'fullName') ?? '')), {
        grammar,
        version,
      }),
    );
    return { type, documents };
  } catch (error) {
    if (error instanceof ComponentError) throw new SalesforceError('UNKNOWN_EXCEPTION', error.message);
    throw error;
  }
}

function save(mode: 'create' | 'update' | 'upsert'): Operation {
  return (service, caller, operation, allOrNone) => {
    const { type, documents } = documentsOf(operation, caller.apiVersion);
    const results = service.save(caller, { type, mode, documents, allOrNone });
    return saved(mode === 'upsert' ? 'UpsertResult' : 'SaveResult', results);
  };
}

export const operations: Readonly<Record<string, Operation>> = {
  deploy(service, caller, operation) {
    const zip = Buffer.from(textOf(operation, 'ZipFile') ?? '', 'base64');
    return started(service.deploy(caller, zip, deployOptionsOf(childNamed(operation, 'DeployOptions'))));
  },
  deployRecentValidation(service, caller, operation) {
    const ticket = service.deployRecentValidation(caller, textOf(operation, 'validationId') ?? '');
    return answer(`<result>${ticket.id}</result>`, ticket.changed);
  },
  checkDeployStatus(service, caller, operation) {
    const includeDetails = flagOf(operation, 'includeDetails') ?? false;
    const status = service.deployStatus(caller, textOf(operation, 'asyncProcessId') ?? '', includeDetails);
    return answer(result('DeployResult', status));
  },
  cancelDeploy(service, caller, operation) {
    const id = textOf(operation, 'String') ?? textOf(operation, 'id') ?? '';
    return answer(result('CancelDeployResult', service.cancel(caller, id)));
  },
  retrieve(service, caller, operation) {
    return answer(result('AsyncResult', service.retrieve(caller, retrieveRequestOf(operation, caller.apiVersion))));
  },
  checkRetrieveStatus(service, caller, operation) {
    const includeZip = flagOf(operation, 'includeZip') ?? true;
    const status = service.retrieveStatus(caller, textOf(operation, 'asyncProcessId') ?? '', includeZip);
    return answer(result('RetrieveResult', status));
  },
  listMetadata(service, caller, operation) {
    const properties = service.list(caller, listQueriesOf(operation));
    return answer(properties.map((one) => result('FileProperties', one)).join(''));
  },
  describeMetadata: (service, caller) => answer(result('DescribeMetadataResult', service.describe(caller))),
  readMetadata(service, caller, operation) {
    const records = service.read(caller, textOf(operation, 'type') ?? '', textsOf(operation, 'fullNames'));
    return answer(`<result>${records.map((read) => record(read, caller.apiVersion)).join('')}</result>`);
  },
  createMetadata: save('create'),
  updateMetadata: save('update'),
  upsertMetadata: save('upsert'),
  deleteMetadata(service, caller, operation, allOrNone) {
    const request = { type: textOf(operation, 'type') ?? '', fullNames: textsOf(operation, 'fullNames'), allOrNone };
    return saved('DeleteResult', service.remove(caller, request));
  },
};
